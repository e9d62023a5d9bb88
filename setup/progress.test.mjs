import { expect, jest, test } from '@jest/globals';
import { createProgress } from './progress.mjs';

/** @param {boolean} isTTY */
function screen(isTTY) {
  let text = '';
  return { progress: createProgress({ isTTY, write: (more) => (text += more) }), text: () => text };
}

/** @param {ReturnType<typeof createProgress>} progress @param {number} ms */
async function takes(progress, ms) {
  const stage = progress.stage('packages', 'from package-lock.json', async () => {
    await jest.advanceTimersByTimeAsync(ms);
    return { result: 1, done: '412 from package-lock.json' };
  });
  return stage;
}

test('When there is no terminal, then a stage longer than a second has one line at its start and one at its end', async () => {
  jest.useFakeTimers();
  const { progress, text } = screen(false);
  await expect(takes(progress, 9800)).resolves.toBe(1);
  expect(text()).toMatch(
    /^ {2}packages {10}from package-lock\.json …\n {2}packages {10}412 from package-lock\.json +9\.8 s\n$/,
  );
});

test('When a stage is short, then it has one line', async () => {
  jest.useFakeTimers();
  const { progress, text } = screen(false);
  await takes(progress, 400);
  expect(text().split('\n')).toHaveLength(2);
});

test('When there is a terminal, then the line counts the seconds and is replaced at the end', async () => {
  jest.useFakeTimers();
  const { progress, text } = screen(true);
  await takes(progress, 2100);
  expect(text()).toContain('from package-lock.json                                         2 s');
  expect(text().split('\x1b[K').at(-1)).toMatch(/^ {2}packages +412 from package-lock\.json +2\.1 s\n$/);
});
