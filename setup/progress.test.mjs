import { expect, jest, test } from '@jest/globals';
import { createProgress } from './progress.mjs';

/** @param {boolean} isTTY @param {number} [columns] */
function screen(isTTY, columns = 120) {
  let text = '';
  return { progress: createProgress({ isTTY, columns, write: (more) => (text += more) }), text: () => text };
}

/** @param {ReturnType<typeof createProgress>} progress @param {number} ms */
async function takes(progress, ms) {
  await progress.stage('packages', 'from package-lock.json', async () => {
    await jest.advanceTimersByTimeAsync(ms);
    return '412 from package-lock.json';
  });
}

test('When there is no terminal, then a stage longer than a second has one line at its start and one at its end', async () => {
  jest.useFakeTimers();
  const { progress, text } = screen(false);
  await takes(progress, 9800);
  expect(text()).toMatch(
    /^ {2}packages {10}from package-lock\.json …\n {2}packages {10}412 from package-lock\.json +9\.8 s\n$/,
  );
});

test('When a stage takes minutes and there is no terminal, then its line comes again every half minute', async () => {
  jest.useFakeTimers();
  const { progress, text } = screen(false);
  await takes(progress, 65_000);
  expect(text().match(/from package-lock\.json … \d+ s/g)).toEqual([
    'from package-lock.json … 30 s',
    'from package-lock.json … 60 s',
  ]);
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

test('When the terminal is narrow, then the line that counts fits and keeps its time, because a wrapped line cannot be replaced', async () => {
  jest.useFakeTimers();
  const { progress, text } = screen(true, 40);
  await takes(progress, 600);
  const lines = text().split('\r\x1b[K').slice(1, -1);
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) {
    expect(line.length).toBeLessThan(40);
    expect(line).toMatch(/ \d s$/);
  }
});

test.each([true, false])(
  'When something is waited for and a terminal is %s, then that is shown, until it ends',
  async (isTTY) => {
    jest.useFakeTimers();
    const { progress, text } = screen(isTTY);
    const stop = progress.wait('set-up', 'waiting for the set-up of process 7');
    await jest.advanceTimersByTimeAsync(1500);
    expect(text()).toContain('waiting for the set-up of process 7');
    expect(stop()).toBe('1.5 s');
    const before = text();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(text()).toBe(before);
  },
);
