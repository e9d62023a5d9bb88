import { expect, test } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agreementOf, disagreements } from './agreement.ts';
import { documentOf } from './document.ts';
import { merged, readReport } from './report.ts';
import { UsageError, readWords } from './words.ts';

type Test = [file: string, name: string, status: string];
const CANARY = 'test/e2e/mesh/canary.test.ts';
const SYNC = 'test/e2e/mesh/sync.test.ts';

function pathOf(content: object): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tuesday-agreement-')), 'report.json');
  writeFileSync(path, JSON.stringify({ startTime: Date.UTC(2026, 10, 26), ...content }));
  return path;
}

/** A report of a place as jest writes it: each test by file and name, and its status. */
function reportOf(place: string, ...tests: Test[]) {
  const testResults = tests.map(([file, fullName, status]) => ({
    name: `/home/user/tuesday/${file}`,
    assertionResults: [{ fullName, status }],
  }));
  return readReport(place, pathOf({ ran: { place, size: 'full', node: '24.1.0' }, testResults }));
}

const suite = {
  files: [CANARY],
  cannotHold: (place: string) =>
    place === 'local' ? [{ file: 'test/e2e/mesh/sync', reason: 'nothing can be late' }] : [],
};

test('When both places pass, or one has a reason, then they agree, and the document gives the reason', () => {
  const reports = [
    reportOf('local', [CANARY, '90/10 or 50|50', 'passed']),
    reportOf('kubernetes', [CANARY, '90/10 or 50|50', 'passed'], [SYNC, 'late', 'passed']),
  ];
  const rows = agreementOf(reports, suite);
  expect(disagreements(rows)).toEqual([]);
  const document = documentOf(reports, rows);
  expect(document).toContain(`## \`${CANARY}\`\n\n| test | local | kubernetes |\n`);
  expect(document).toContain('| 90/10 or 50\\|50 | passed | passed |');
  expect(document).toContain('| late | not run: nothing can be late | passed |');
  expect(document).toContain('| local | 2026-11-26 | 24.1.0 | 1 | 0 | 1 |');
  expect(document).toContain('PLACE=kubernetes SIZE=full npm run test:e2e -- --json --outputFile=kubernetes.json');
  expect(document).toContain('npm run agreement -- local=local.json kubernetes=kubernetes.json');
});

test.each<[string, Test[], string]>([
  ['failed', [[CANARY, '90/10', 'failed']], `${CANARY}: "90/10" failed in local.`],
  [
    'failed beside one of the same name',
    [
      [CANARY, '90/10', 'passed'],
      [CANARY, '90/10', 'failed'],
    ],
    `${CANARY}: "90/10" failed in local.`,
  ],
  [
    'skipped',
    [[CANARY, '90/10', 'pending']],
    `${CANARY}: "90/10" did not run in local, and test/support/places.mjs does not say why.`,
  ],
  ['missing', [], `${CANARY}: "90/10" did not run in local, and test/support/places.mjs does not say why.`],
])('When a test is %s in one place, then it is named', (_what, tests, sentence) => {
  const reports = [reportOf('local', ...tests), reportOf('kubernetes', [CANARY, '90/10', 'passed'])];
  expect(disagreements(agreementOf(reports, suite))).toEqual([sentence]);
});

test('When a file is in no report, or could not be loaded, then it is named', () => {
  const broken = pathOf({ testResults: [{ name: `/x/${SYNC}`, status: 'failed', assertionResults: [] }] });
  const rows = agreementOf([reportOf('compose'), readReport('kubernetes', broken)], suite);
  expect(disagreements(rows)).toEqual([
    `${CANARY}: "the file as a whole" did not run in compose, and test/support/places.mjs does not say why.`,
    `${CANARY}: "the file as a whole" did not run in kubernetes, and test/support/places.mjs does not say why.`,
    `${SYNC}: "the file as a whole" did not run in compose, and test/support/places.mjs does not say why.`,
    `${SYNC}: "the file as a whole" failed in kubernetes.`,
  ]);
});

test('When files were run again, then the last run counts', () => {
  const first = reportOf('local', [CANARY, '90/10', 'failed'], [SYNC, 'late', 'passed']);
  const [local, ...others] = merged([first, reportOf('local', [CANARY, '90/10', 'passed'])]);
  expect(others).toEqual([]);
  expect(local!.outcomes).toEqual([
    { file: SYNC, name: 'late', state: 'passed' },
    { file: CANARY, name: '90/10', state: 'passed' },
  ]);
});

test.each([
  ['no report', {}, 'is not a jest report (it has no testResults)'],
  [
    'of another place',
    { ran: { place: 'local', size: 'full' }, testResults: [] },
    'is a report of PLACE=local, not of compose',
  ],
  [
    'of the quick size',
    { ran: { place: 'compose', size: 'quick' }, testResults: [] },
    'is a report of the quick size, not of all',
  ],
])('When a file is %s, then the error names it and says how to make one', (_what, content, why) => {
  const path = pathOf(content);
  const way = `Make it with: PLACE=compose SIZE=full npm run test:e2e -- --json --outputFile=${path}`;
  expect(() => readReport('compose', path)).toThrow(`${path} ${why}. ${way}`);
});

test.each([
  [['local=a.json', 'moon=b.json'], '"moon=b.json" is not PLACE=REPORT; the places are local, compose, kubernetes.'],
  [['local=a.json', 'kubernetes='], '"kubernetes=" is not PLACE=REPORT'],
  [['local=a.json', 'local=b.json'], 'Reports of at least two places are needed.'],
  [[], 'Reports of at least two places are needed.'],
])('When the arguments are %j, then one sentence says what is wrong', (words, sentence) => {
  expect(() => readWords(words)).toThrow(UsageError);
  expect(() => readWords(words)).toThrow(sentence);
});

test('When the arguments name reports, then they are read in order', () => {
  expect(readWords(['local=/tmp/a=b.json', 'kubernetes=c.json'])).toEqual([
    { place: 'local', path: '/tmp/a=b.json' },
    { place: 'kubernetes', path: 'c.json' },
  ]);
});
