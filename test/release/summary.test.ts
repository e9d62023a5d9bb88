import { expect, test } from '@jest/globals';
import { documentOf } from './document.ts';
import type { Result } from './part.ts';
import { summaryOf } from './summary.ts';

const passed: Result = { name: 'tests', command: 'npm test', state: 'passed', seconds: 90 };
const failed: Result = { ...passed, name: 'mutants', state: 'failed', seconds: 300, why: 'exit code 1' };
const notRun: Result = { ...passed, name: 'compose', state: 'not run', seconds: 0, why: 'no Docker answers' };

test('When a part failed and one was not run, then both are named with the reason, and the run fails', () => {
  expect(summaryOf([passed, failed, notRun])).toEqual({
    text: [
      '  tests    passed    1.5 min',
      '  mutants  FAILED    5.0 min  exit code 1',
      '  compose  not run            no Docker answers',
      '',
      '1 passed, 1 failed, 1 not run',
    ].join('\n'),
    code: 1,
  });
});

test('When no part failed, then the run passes, unless none ran', () => {
  expect(summaryOf([passed, notRun]).code).toBe(0);
  expect(summaryOf([notRun]).code).toBe(1);
});

test('When parts have run, then the document has their minutes, and the reason where one did not', () => {
  const text = documentOf([passed, failed, notRun], { day: '2026-01-31', machine: '2 cores' });
  expect(text).toMatch('one part after the other, 7 minutes without compose, not run so far.');
  expect(text).toMatch('| tests | `npm test` | passed | 1.5 | 2026-01-31 | 2 cores |');
  expect(text).toMatch('| mutants | `npm test` | failed | 5.0 | 2026-01-31 | 2 cores |');
  expect(text).toMatch('| compose | `npm test` | not run: no Docker answers |  |  |  |');
});

test('When a part is run again alone, then the rows of the others stay', () => {
  const before = documentOf([passed, failed], { day: '2026-01-31', machine: '2 cores' });
  const later = documentOf(
    [
      { ...notRun, name: 'tests' },
      { ...failed, state: 'passed', seconds: 60 },
    ],
    { day: '2026-02-01', machine: '4 cores' },
    before,
  );
  expect(later).toMatch('| tests | `npm test` | passed | 1.5 | 2026-01-31 | 2 cores |');
  expect(later).toMatch('| mutants | `npm test` | passed | 1.0 | 2026-02-01 | 4 cores |');
  expect(later).toMatch('3 minutes in all');
});
