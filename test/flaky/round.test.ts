import { expect, test } from '@jest/globals';
import { failedOf } from './round.ts';
import { roundLine, tableOf } from './table.ts';

const passed = { name: 'unit', code: 0, counts: { failures: [] } };

test('When a round has failures, then each is named by its first line', () => {
  const failures = ['a.test.ts › When a\n    Expected: 1', 'b.test.ts › When b\n    no'];
  expect(failedOf([passed, { name: 'e2e', code: 1, counts: { failures } }], 1)).toEqual([
    'a.test.ts › When a',
    'b.test.ts › When b',
  ]);
});

test.each([
  ['a stage without tests fails', [{ name: 'lint', code: 1 }, passed], 1, ['the stage lint']],
  ['a test is skipped', [passed], 1, ['npm test ended with exit code 1: see its summary']],
  ['the run breaks off', undefined, 137, ['npm test ended with exit code 137 before its summary']],
  ['all passes', [passed], 0, []],
])('When %s, then that is what failed', (_case, outcomes, code, failed) => {
  expect(failedOf(outcomes, code)).toEqual(failed);
});

test('When rounds have ended, then what failed most often stands first, each test once a round', () => {
  const rounds = [
    { seconds: 10, failed: ['b', 'a'] },
    { seconds: 11, failed: [] },
    { seconds: 12, failed: ['b', 'b'] },
  ];
  expect(tableOf(rounds)).toBe('  failed  test\n  2 of 3  b\n  1 of 3  a\n\n1 of 3 rounds passed in 33 s');
  expect(tableOf(rounds.slice(1, 2))).toBe('1 of 1 rounds passed in 11 s');
  expect(roundLine(rounds[0]!, 'round 1 of 3')).toBe('  round 1 of 3: 2 failed, 10.0 s\n    ✗ b\n    ✗ a');
});
