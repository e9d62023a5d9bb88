import { expect, test } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agreementOf, disagreements } from './agreement.ts';
import { documentOf } from './document.ts';
import { merged, readReport } from './report.ts';

/** A report of a place as jest writes it: each test by file and name, and its status. */
function reportOf(place: string, ...tests: [file: string, name: string, status: string][]) {
  const path = join(mkdtempSync(join(tmpdir(), 'tuesday-agreement-')), `${place}.json`);
  const testResults = tests.map(([file, fullName, status]) => ({
    name: `/home/somebody/tuesday/${file}`,
    assertionResults: [{ fullName, status }],
  }));
  writeFileSync(path, JSON.stringify({ startTime: Date.UTC(2026, 10, 26), testResults }));
  return readReport(place, path);
}

const CANARY = 'test/e2e/mesh/canary.test.ts';
const SYNC = 'test/e2e/mesh/sync.test.ts';
const cannotHold = (place: string) =>
  place === 'local' ? [{ file: 'test/e2e/mesh/sync', reason: 'nothing can be late' }] : [];

test('When both places pass, or one has a reason, then they agree, and the document says the reason', () => {
  const reports = [
    reportOf('local', [CANARY, '90/10', 'passed']),
    reportOf('kubernetes', [CANARY, '90/10', 'passed'], [SYNC, 'late', 'passed']),
  ];
  const rows = agreementOf(reports, cannotHold);
  expect(disagreements(rows)).toEqual([]);
  const document = documentOf(reports, rows);
  expect(document).toContain(`| \`${CANARY}\` | 1 | all pass | all pass |`);
  expect(document).toContain(`| \`${SYNC}\` | 1 | not run | all pass |`);
  expect(document).toContain(`- \`${SYNC}\` in local: nothing can be late.`);
  expect(document).toContain('| `kubernetes` | 2026-11-26 | 2 | 0 |');
});

test('When a test fails somewhere, or is missing without a reason, then it is named', () => {
  const reports = [
    reportOf('local', [CANARY, '90/10', 'failed'], [CANARY, '50/50', 'passed']),
    reportOf('kubernetes', [CANARY, '90/10', 'passed']),
  ];
  expect(disagreements(agreementOf(reports, cannotHold))).toEqual([
    `${CANARY}: "90/10" failed in local.`,
    `${CANARY}: "50/50" did not run in kubernetes, and test/support/places.mjs does not say why.`,
  ]);
});

test('When files were run again, then they count as the last run has them', () => {
  const first = reportOf('local', [CANARY, '90/10', 'failed'], [SYNC, 'late', 'passed']);
  const [local, ...others] = merged([first, reportOf('local', [CANARY, '90/10', 'passed'])]);
  expect(others).toEqual([]);
  expect(local!.outcomes).toEqual([
    { file: SYNC, name: 'late', passed: true },
    { file: CANARY, name: '90/10', passed: true },
  ]);
});

test('When a file is no report, then the sentence names it and how to make one', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'tuesday-agreement-')), 'x.json');
  writeFileSync(path, '{}');
  expect(() => readReport('local', path)).toThrow(
    `${path} is no report of jest (it has no testResults). Make it with: PLACE=… SIZE=full npm run test:e2e -- --json --outputFile=${path}`,
  );
});
