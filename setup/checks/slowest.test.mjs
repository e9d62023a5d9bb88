import { expect, test } from '@jest/globals';
import { filesOf, linesOfSlowest } from './slowest.mjs';

const took = (/** @type {string} */ file, /** @type {number} */ seconds, /** @type {object[]} */ tests = []) => ({
  file,
  seconds,
  tests: /** @type {any} */ (tests),
});

test('When jest has written its report, then each file has its time and that of its tests', () => {
  const report = {
    testResults: [
      {
        name: '/clone/a.test.ts',
        startTime: 1000,
        endTime: 3250,
        assertionResults: [
          { fullName: 'When a, then b', duration: 1500 },
          { fullName: 'not run', duration: null },
        ],
      },
    ],
  };
  expect(filesOf(report, '/clone')).toEqual([
    took('a.test.ts', 2.25, [
      { title: 'When a, then b', seconds: 1.5 },
      { title: 'not run', seconds: 0 },
    ]),
  ]);
});

test('When many files have run, then the ten slowest of all stages are listed, the slowest first', () => {
  const unit = Array.from({ length: 8 }, (_, n) => took(`unit/${n}`, n / 10));
  const e2e = Array.from({ length: 8 }, (_, n) => took(`e2e/${n}`, 10 + n));
  const [heading, ...lines] = linesOfSlowest([
    { name: 'unit', files: unit },
    { name: 'e2e', files: e2e },
  ]);
  expect(heading).toBe('  slowest files:');
  expect(lines.map((line) => line.trim())).toEqual([
    ...[7, 6, 5, 4, 3, 2, 1, 0].map((n) => `${10 + n}.0 s  e2e/${n}`),
    ...[7, 6].map((n) => `0.${n} s  unit/${n}`),
    '',
  ]);
});

test('When a file has several tests, then its slowest one is named, cut at the width of the summary', () => {
  const tests = [
    { title: 'quick', seconds: 0.1 },
    { title: 'When it waits', seconds: 3.9 },
  ];
  const lines = linesOfSlowest([{ name: 'e2e', files: [took('a', 4, tests), took('b'.repeat(200), 3, tests)] }]);
  expect(lines[1]).toBe('      4.0 s  a: 3.9 s of it "When it waits"');
  expect(lines[2]).toHaveLength(140);
});

test('When unit test files take longer than they should, then the longest are named, and other kinds are not', () => {
  const files = [2.1, 1.9, 2.4, 2.2, 2.3, 2.5].map((seconds) => took(`unit ${seconds}`, seconds));
  const text = linesOfSlowest([
    { name: 'unit', files },
    { name: 'integration', files: [took('other', 9)] },
  ]).join('\n');
  expect(text).toContain(
    'over 2 s, which is long for a unit test: unit 2.5 (2.5 s), unit 2.4 (2.4 s), unit 2.3 (2.3 s) and 2 more\n',
  );
});

test('When no test has run, then nothing is listed', () => {
  expect(linesOfSlowest([{ name: 'unit', files: [] }])).toEqual([]);
});
