import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const BOUNDARY = fileURLToPath(new URL('boundary.ts', import.meta.url));

/** Runs code in a process of its own, with `catchFaults` on, and gives what it prints. */
async function inProcess(code: string): Promise<string[]> {
  const program = `import { catchFaults, runInside, runOutside } from ${JSON.stringify(BOUNDARY)};
    import { spawn } from 'node:child_process'; import { createWriteStream } from 'node:fs'; import { connect } from 'node:net';
    const end = catchFaults(({ message }) => console.log('outside: ' + message));
    const inside = (work) => runInside(({ message }) => console.log('inside: ' + message), work);
    ${code}`;
  const args = ['--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
  return stdout.trim().split('\n').sort();
}

test.each([
  ['a timer', `setTimeout(() => { throw new Error('late'); }, 5)`, 'late'],
  ['a promise', `void (async () => { await null; throw new Error('lost'); })()`, 'lost'],
  ['the error event of a stream', `createWriteStream('/nowhere/file')`, 'ENOENT'],
  ['the error event of a process', `spawn('/nowhere/program')`, 'ENOENT'],
  ['the error event of a socket', `connect({ path: '/nowhere/socket' })`, 'ENOENT'],
  ['something that is no error', `setImmediate(() => { throw 'words'; })`, 'words'],
])('When %s throws, then that is a fault of the boundary around it, and the process goes on', async (_, code, said) => {
  const printed = await inProcess(`inside(() => { ${code}; }); setTimeout(() => console.log('still here'), 100);`);
  expect(printed).toEqual([expect.stringMatching(new RegExp(`^inside: .*${said}`)), 'still here']);
});

test('When work has left the boundary, or was never in it, then its fault is the one of the runner', async () => {
  const late = (word: string) => `setTimeout(() => { throw new Error('${word}'); }, 5)`;
  expect(await inProcess(`inside(() => runOutside(() => ${late('left')})); ${late('never')};`)).toEqual([
    'outside: left',
    'outside: never',
  ]);
});

test('When catchFaults has ended, then an error ends the process again', async () => {
  await expect(inProcess(`end(); inside(() => setImmediate(() => { throw new Error('gone'); }));`)).rejects.toThrow(
    'gone',
  );
});
