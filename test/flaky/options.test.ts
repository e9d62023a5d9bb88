import { expect, test } from '@jest/globals';
import { readOptions } from './options.ts';

test('When rounds and a part of the suite are given, then both are read', () => {
  expect(readOptions(['20', 'test/e2e', '-t', 'When'])).toEqual({
    rounds: 20,
    words: ['test/e2e', '-t', 'When'],
    help: false,
  });
  expect(readOptions(['--help']).help).toBe(true);
});

test.each(['0', '-1', '1.5', 'many', '1000', '5x'])(
  'When the number of rounds is %s, then one sentence says so',
  (count) => {
    expect(() => readOptions([count])).toThrow(
      `The number of rounds is a whole number from 1 to 999, not "${count}": npm run test:flaky -- 5`,
    );
  },
);

test('When a word is missing or wrong, then one sentence says so before any round', () => {
  expect(() => readOptions([])).toThrow('How many rounds? For example: npm run test:flaky -- 5');
  expect(() => readOptions(['5', '--watch'])).toThrow('npm test has no --watch. See npm test -- --help');
});
