import { millis, percent, thousands } from '../print/numbers.ts';
import { indent, table } from '@tuesday/mesh/explain';
import type { Paint } from '../print/paint.ts';
import type { Tally } from './tally.ts';
import type { Verdict } from './verdict.ts';

/** The result of `traffic` as data: its JSON output is this object. */
export interface Report extends Tally {
  url: string;
  request: string;
  seconds: number;
  verdicts: Verdict[];
}

/** The screen of `traffic`. */
export function trafficScreen(report: Report, paint: Paint): string {
  const { requests, request, seconds, failed } = report;
  const rate = `${thousands(requests / seconds)}/s`;
  const ending = paint(failed === 0 ? 'green' : 'red', `${thousands(failed)} failed`);
  return [
    `  ${thousands(requests)} × ${request}   ${rate}   ${ending}${failureNote(report)}\n`,
    indent(servedTable(report)),
    `  p50 ${millis(report.p50)} ms  p99 ${millis(report.p99)} ms     ${callers(report)}\n`,
    ...notInForce(report),
    `  Next:  npx tuesday trace last\n`,
  ].join('\n');
}

function failureNote({ failures }: Report): string {
  const notes = Object.entries(failures).map(([what, count]) => `${count} × ${what}`);
  return notes.length === 0 ? '' : `: ${notes.join(', ')}`;
}

function servedTable({ servedBy, verdicts }: Report): string {
  const rows = servedBy.map(({ service, version, requests, share }) => {
    const verdict = verdicts.find((one) => one.service === service && one.version === version);
    const remark = verdict === undefined || verdict.outcome === 'not-in-force' ? [] : [verdict.text];
    return [`${service} ${version}`, thousands(requests).padStart(8), percent(share).padStart(7), ...remark];
  });
  return table([['SERVED BY', 'REQUESTS', '  SHARE'], ...rows]);
}

function callers({ callers: names, plaintext }: Report): string {
  if (names.length === 0) return 'callers seen: none with a certificate, all in plaintext';
  return `callers seen: ${names.join(', ')}${plaintext === 0 ? ', all over mTLS' : `; ${thousands(plaintext)} calls in plaintext`}`;
}

function notInForce({ verdicts }: Report): string[] {
  const notes = verdicts.filter(({ outcome }) => outcome === 'not-in-force');
  return notes.map(({ service, version, text }) => indent(`${service} ${version}: ${text}\n`));
}
