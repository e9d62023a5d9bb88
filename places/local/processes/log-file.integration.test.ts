import { expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logPath, openLog } from './log-file.ts';
import { startProcess } from './process.ts';
import { eventually } from '../../../test/support/eventually.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'tuesday-log-'));

test('When a log reaches its limit, then it is renamed once and a new one begins', async () => {
  const path = logPath(folder(), 'pod', 0);
  const log = openLog(path, 10);
  for (const line of ['first 1\n', 'second\n', 'third 3\n']) log.write(line);
  log.end();
  await once(log, 'finish');
  expect([readFileSync(`${path}.old`, 'utf8'), readFileSync(path, 'utf8')]).toEqual(['second\n', 'third 3\n']);
});

test('When a container is started again and again, then the logs of its last two runs are there', () => {
  const logs = folder();
  for (const run of [0, 1, 2, 3].flatMap((count) => [count, `istio-proxy.${count}`])) {
    const path = logPath(logs, 'pod', run);
    for (const file of [path, `${path}.old`]) writeFileSync(file, 'said\n');
  }
  expect(readdirSync(join(logs, 'pod')).filter((name) => !name.endsWith('.old'))).toEqual([
    '2.log',
    '3.log',
    'istio-proxy.2.log',
    'istio-proxy.3.log',
  ]);
  expect(readdirSync(join(logs, 'pod'))).toHaveLength(8);
});

test('When a log cannot be written, then its program continues', async () => {
  const path = logPath(folder(), 'pod', 0);
  mkdirSync(path); // A folder in its place: no line can be written, as on a full disk.
  const log = openLog(path);
  for (let i = 0; i < 3; i++) await new Promise((resolve) => log.write('lost\n', resolve));
  log.end();
  await once(log, 'finish');
});

test('When a program ends, then its log is closed', async () => {
  const path = logPath(folder(), 'pod', 0);
  const open = () => readdirSync('/dev/fd').length;
  const before = open();
  for (let i = 0; i < 10; i++)
    await startProcess({ file: '/bin/echo', args: ['hello'], env: {}, cwd: '/' }, openLog(path)).exited;
  await eventually(() => open() < before + 5);
  await eventually(() => readFileSync(path, 'utf8') === 'hello\n'.repeat(10));
});
