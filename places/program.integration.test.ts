import { expect, test } from '@jest/globals';
import { tryProgram } from './program.ts';

test('When a program does not end, then it is killed after its limit, and one sentence names it', async () => {
  await expect(tryProgram('sleep', ['60'], { limitMs: 200 })).rejects.toThrow('sleep 60 has not ended within 0.2 s.');
});

test('When a program ends by itself, then its output and its exit code are given', async () => {
  expect(await tryProgram('sh', ['-c', 'cat; echo no >&2; exit 3'], { input: 'yes' })).toEqual({
    code: 3,
    stdout: 'yes',
    stderr: 'no\n',
  });
});
