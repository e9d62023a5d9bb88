import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const THROW =
  "throw new Error('outer', { cause: Object.assign(new Error('http://u:hunter2@proxy'), { more: 'hunter2' }) })";

test.each([
  ['in its main', THROW],
  ['later', `setTimeout(() => { ${THROW} }, 1); await new Promise((done) => setTimeout(done, 5_000))`],
  ['in a promise', `void (async () => { ${THROW} })(); await new Promise((done) => setTimeout(done, 5_000))`],
])(
  'When nothing catches an error %s, then the process logs it with its causes, without secrets, and ends with 1',
  async (_when, code) => {
    const program = `import { runMain } from '@tuesday/service'; runMain(async () => { ${code} });`;
    const words = ['--input-type=module', '--eval', program];
    const { exit, err } = await new Promise<{ exit: unknown; err: string }>((resolve) =>
      execFile(process.execPath, words, { cwd: ROOT, env: {} }, (error, _out, err) =>
        resolve({ exit: error?.code, err }),
      ),
    );
    expect(exit).toBe(1);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(err)).toMatchObject({
      level: 60,
      msg: 'uncaughtException',
      err: { message: 'outer', stack: expect.stringContaining('outer'), cause: { message: 'http://u:***@proxy' } },
    });
    expect(err).not.toContain('hunter2');
  },
);
