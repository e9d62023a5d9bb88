import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { isAlive, sendSignal } from '../../setup/processes/signal.mjs';
import { ROOT } from '../../places/repository.ts';
import { eventually } from '../support/eventually.ts';

/** A made-up suite: one test fails in each third run, another never. */
const SUITE = `
  const { readFileSync, writeFileSync } = require('node:fs');
  const file = __dirname + '/runs';
  const run = Number(readFileSync(file, 'utf8')) + 1;
  writeFileSync(file, String(run));
  test('When it works, then it works', () => {});
  test('When it is the third run, then it fails', () => { if (run % 3 === 0) throw new Error('the third'); });
`;

/** A made-up npm test: the one stage of SUITE. Its arguments are those of npm test: the last is the file of the report. */
const NPM_TEST = `
  import { writeFileSync } from 'node:fs';
  import { runGroup } from '${ROOT}/setup/checks/run-stage.mjs';
  const config = JSON.stringify({ rootDir: import.meta.dirname, transform: {} });
  const command = ['node', 'node_modules/jest/bin/jest.js', '--config', config, '--runInBand', '--silent'];
  const reports = import.meta.dirname;
  const outcomes = await runGroup([{ name: 'made-up', project: 'made-up', command }], { env: process.env, reports });
  writeFileSync(process.argv.at(-1), JSON.stringify(outcomes));
  process.exitCode = outcomes[0].code;
`;

/** A made-up npm test that does not end, with a process of its own beside it. */
const ENDLESS = `
  import { spawn } from 'node:child_process';
  import { writeFileSync } from 'node:fs';
  const { pid } = spawn('sleep', ['300'], { stdio: 'ignore' });
  writeFileSync(import.meta.dirname + '/pids', process.pid + ' ' + pid);
  setInterval(() => {}, 1000);
`;

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'tuesday-flaky-test-')));
  mkdirSync(join(folder, 'suite'));
  writeFileSync(join(folder, 'suite/runs'), '0');
  writeFileSync(join(folder, 'suite/some.test.js'), SUITE);
});
/** Processes of a test: a fault may leave some of them. */
const started: number[] = [];
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const pid of started.splice(0)) sendSignal(pid, 'SIGKILL');
});

/** The arguments of node for a run over a made-up npm test. */
function flaky(npmTest: string, rounds: number): string[] {
  writeFileSync(join(folder, 'suite/npm-test.mjs'), npmTest);
  const main = join(folder, 'main.mjs');
  writeFileSync(
    main,
    `import { runFlaky } from '${ROOT}/test/flaky/flaky.ts';
     import { interruption } from '${ROOT}/test/support/run-to-end.ts';
     const command = [process.execPath, '${folder}/suite/npm-test.mjs'];
     process.exitCode = await runFlaky({ rounds: ${rounds}, words: [] }, { signal: interruption(), command });`,
  );
  return [main];
}

/** The busy processes of a run. */
const busyOf = (run: number | undefined) =>
  spawnSync('ps', ['-ww', '-eo', 'pid,args'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.trimEnd().endsWith(`step++); ${run}`))
    .map((line) => Number.parseInt(line, 10));

test('When a test fails one time of three, then the table says so, and the run fails', () => {
  const { status, stdout, pid } = spawnSync(process.execPath, flaky(NPM_TEST, 3), { encoding: 'utf8' });
  expect(stdout).toMatch(/round 1 of 3: passed, \d+\.\d s\n/);
  expect(stdout).toMatch(/round 3 of 3: 1 failed, \d+\.\d s\n {4}✗ .*some\.test\.js › When it is the third run/);
  expect(stdout).toMatch(
    /\n {2}failed {2}test\n {2}1 of 3 {2}.*some\.test\.js › When it is the third run, then it fails\n\n2 of 3 rounds passed in \d+ s\n$/,
  );
  expect(status).toBe(1);
  expect(busyOf(pid)).toEqual([]);
});

test('When no test fails, then the run passes', () => {
  const { status, stdout } = spawnSync(process.execPath, flaky(NPM_TEST, 1), { encoding: 'utf8' });
  expect(stdout).toMatch(/\n1 of 1 rounds passed in \d+ s\n$/);
  expect(status).toBe(0);
});

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'When %s ends the run, then no busy process is left',
  async (signal) => {
    const child = spawn(process.execPath, flaky(ENDLESS, 2), { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    // The file is there before its text.
    const read = () => readFileSync(join(folder, 'suite/pids'), 'utf8').split(' ').map(Number);
    const pids = await eventually(() => read().length === 2 && read());
    const busy = busyOf(child.pid);
    started.push(...pids, ...busy);
    expect(busy.length).toBeGreaterThan(0);
    const closed = once(child, 'close');
    child.kill(signal);
    if (signal !== 'SIGKILL') {
      await closed;
      expect(child.exitCode).toBe(130);
      expect(output).toMatch(/\n0 of 0 rounds passed/);
      expect(pids.filter(isAlive)).toEqual([]);
    }
    await eventually(() => busyOf(child.pid).length === 0);
  },
);
