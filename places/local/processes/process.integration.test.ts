import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../../../test/support/eventually.ts';
import { isAlive, sendSignal } from '../../../setup/processes/signal.mjs';
import { openLog } from './log-file.ts';
import { statFields } from './proc.ts';
import { startProcess } from './process.ts';

/** A shell that starts a child of its own, writes its id, and then does `then`. */
async function shellWithChild(then: string) {
  const path = join(mkdtempSync(join(tmpdir(), 'tuesday-group-')), '0.log');
  const args = ['-c', `sleep 300 & echo $!; ${then}`];
  const shell = startProcess({ file: '/bin/sh', args, env: { PATH: '/bin:/usr/bin' }, cwd: '/' }, openLog(path));
  const child = await eventually(() => Number(/^(\d+)\n/.exec(readFileSync(path, 'utf8'))?.[1]) || undefined);
  return { shell, child };
}

/** A process that no one has waited for stays as a zombie. */
const hasEnded = (pid: number) => !isAlive(pid) || statFields(pid)[0] === 'Z';

test.each([
  ['ends by itself', 'exit 0', () => undefined],
  ['is killed alone', 'wait', (pid: number) => sendSignal(pid, 'SIGKILL')],
])('When the leader of a process group %s, then its children end too', async (_, then, end) => {
  const { shell, child } = await shellWithChild(then);
  end(shell.pid!);
  await shell.exited;
  await eventually(() => hasEnded(child), 5_000);
});

test('When there is no file descriptor left for a program, then it has ended with 127, and the runner goes on', async () => {
  const code = `import { openSync } from 'node:fs';
    import { openLog } from ${JSON.stringify(join(import.meta.dirname, 'log-file.ts'))};
    import { startProcess } from ${JSON.stringify(join(import.meta.dirname, 'process.ts'))};
    const log = openLog('/dev/null');
    try { for (;;) openSync('/dev/null'); } catch (error) { console.log(error.code); }
    const { exited } = startProcess({ file: '/bin/true', args: [], env: {}, cwd: '/' }, log);
    console.log((await exited).code);`;
  const shell = ['-c', 'ulimit -n 64; exec "$0" --input-type=module -e "$1"', process.execPath, code];
  const { stdout } = await promisify(execFile)('/bin/sh', shell);
  expect(stdout).toBe('EMFILE\n127\n');
});
