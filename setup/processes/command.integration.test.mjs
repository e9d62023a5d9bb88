import { afterEach, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run } from './command.mjs';
import { isAlive } from './signal.mjs';
import { folderOf } from '../testing/folders.mjs';

const env = { ...process.env, NODE_OPTIONS: '' };
const at = (/** @type {string} */ cwd) => ({ cwd, env });
const command = new URL('command.mjs', import.meta.url).href;

/** @type {import('node:child_process').ChildProcess[]} */
const started = [];
afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));

/** A process that runs `script` guarded, and the folder in which the script stands. @param {string} script @param {string} before */
function setUp(script, before = '') {
  const folder = folderOf({
    'script.sh': script,
    'main.mjs': `import { run } from '${command}';
      ${before}
      run('sh', ['script.sh'], { cwd: '.', env: process.env, guarded: true }).catch((error) => {
        console.log(error.message);
        process.exitCode = 1;
      });`,
  });
  const child = spawn(process.execPath, ['main.mjs'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  return { folder, child };
}

/** Waits at most twenty-five seconds; each script ends by itself after thirty. @param {() => boolean} isTrue */
async function until(isTrue) {
  for (const end = Date.now() + 25_000; !isTrue(); await pause(10)) if (Date.now() > end) throw new Error('too late');
}

/** The process ids in a file, once it has `count` of them. @param {string} file @param {number} count */
async function pidsIn(file, count) {
  const read = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : []);
  await until(() => read().length === count);
  return read();
}

// A shell with a child: npm has the install scripts of packages.
const TREE = 'sleep 30 & echo $! >> pids; echo $$ >> pids; wait';

test.each(/** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL']))(
  'When the set-up gets %s, then the command and what it has started end too',
  async (signal) => {
    const { folder, child } = setUp(TREE);
    const pids = await pidsIn(join(folder, 'pids'), 2);
    let said = '';
    child.stdout.on('data', (text) => (said += text));
    child.kill(signal);
    const ended = once(child, 'close');
    await until(() => !pids.some(isAlive));
    const [code] = await ended;
    expect(code).toBe(signal === 'SIGKILL' ? null : 1);
    if (signal !== 'SIGKILL')
      expect(said).toBe(
        `The set-up was interrupted (${signal} while sh ran). Run the same command again: unfinished steps are repeated.\n`,
      );
  },
);

test('When the set-up gets a signal while it starts a command, then the command ends too', async () => {
  const atOnce = `
    import processes from 'node:child_process';
    import { syncBuiltinESMExports } from 'node:module';
    const { spawn } = processes;
    processes.spawn = (...args) => {
      const child = spawn(...args);
      process.kill(process.pid, 'SIGHUP');
      return child;
    };
    syncBuiltinESMExports();`;
  const { child } = setUp('sleep 30', atOnce);
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  expect([code, said]).toEqual([1, expect.stringContaining('interrupted (SIGHUP while sh ran)')]);
});

test('When the command does not end by SIGTERM, then it is killed', async () => {
  const { folder, child } = setUp(`trap '' TERM; echo $$ > pids; for n in $(seq 300); do sleep 0.1; done`);
  const [pid = 0] = await pidsIn(join(folder, 'pids'), 1);
  child.kill('SIGTERM');
  await until(() => !isAlive(pid));
});

test.each([false, true])(
  'When a signal ends a command, guarded %s, then the message says that the set-up was interrupted',
  async (guarded) => {
    const folder = folderOf({ 'die.sh': 'kill -TERM $$' });
    await expect(run('sh', ['die.sh'], { ...at(folder), guarded })).rejects.toThrow(
      /^The set-up was interrupted \(SIGTERM while sh ran\)/,
    );
  },
);

test.each([false, true])(
  'When a command ends, guarded %s, then its code and its output are returned',
  async (guarded) => {
    const folder = folderOf({ 'a.sh': 'echo out; echo err >&2; exit 3' });
    const { code, stdout, output } = await run('sh', ['a.sh'], { ...at(folder), guarded });
    expect([code, stdout]).toEqual([3, 'out\n']);
    expect(output.split('\n').sort()).toEqual(['', 'err', 'out']);
  },
);

test.each([false, true])(
  'When a command does not exist, guarded %s, then its error has the code ENOENT',
  async (guarded) => {
    const options = { ...at(folderOf()), guarded };
    await expect(run('no-such-command', [], options)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(run('npm', [], { ...options, env: { PATH: '/nowhere' } })).rejects.toThrow(
      /^npm is missing\. Install/,
    );
  },
);

test('When a command prints that it has failed and is gone when this is read, then it is a failure all the same', async () => {
  // Its output waits here until it and its guard have ended.
  const onSpawn = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  const options = { ...at(folderOf()), guarded: true, endOn: /^GET 407/m, onSpawn };
  await expect(run('echo', ['GET 407'], options)).resolves.toMatchObject({ code: 1, output: 'GET 407\n' });
});

test('When a command prints that it has failed and goes on, then it is ended, as a failure', async () => {
  const start = Date.now();
  const folder = folderOf({ 'loop.sh': 'echo GET 200; echo GET 407; sleep 30' });
  const ran = await run('sh', ['loop.sh'], { ...at(folder), guarded: true, endOn: /^GET 407/m });
  expect(ran).toMatchObject({ code: 1, output: 'GET 200\nGET 407\n' });
  expect(Date.now() - start).toBeLessThan(20_000);
});
