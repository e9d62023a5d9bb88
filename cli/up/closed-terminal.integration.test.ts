import { afterAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../places/free-port.ts';
import { PROGRAMS, ROOT } from '../../places/repository.ts';
import { eventually } from '../../test/support/eventually.ts';
import { processesOf } from '../../test/support/processes.ts';

const state = mkdtempSync(join(tmpdir(), 'tuesday-closed-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));

test('When the terminal of the shop closes, then PostgreSQL shuts down as after Ctrl-C, nothing is left, and the exit code is 129', async () => {
  const [port, exit] = [await freePort(), join(state, 'exit')];
  const up = `"${process.execPath}" "${PROGRAMS.tuesday}" up --no-mesh --port ${port}`;
  // The shell passes SIGHUP on, as bash does, and stays to note the exit code.
  const shell = `trap 'kill -HUP $shop' HUP; ${up} & shop=$!; wait $shop; wait $shop; echo $? > "${exit}"`;
  // `script` gives it a terminal; killing it closes that terminal, like closing a window.
  const terminal = spawn('script', ['-qec', shell, '/dev/null'], {
    cwd: ROOT,
    env: { ...process.env, SHELL: '/bin/sh', TUESDAY_STATE: state, NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let screen = '';
  terminal.stdout.on('data', (chunk: Buffer) => (screen += chunk.toString()));
  await eventually(() => /Ready in /.test(screen), 90_000);
  terminal.kill('SIGKILL');
  await eventually(() => existsSync(exit) && readFileSync(exit, 'utf8') !== '', 30_000);
  expect(readFileSync(exit, 'utf8')).toBe('129\n');
  expect(processesOf(state)).toEqual([]);
  const log = readFileSync(join(state, 'logs/postgres-0/0.log'), 'utf8');
  expect(log).toMatch(/received fast shutdown request[\s\S]*database system is shut down/);
  expect(log).not.toMatch(/immediate shutdown/);
}, 150_000);
