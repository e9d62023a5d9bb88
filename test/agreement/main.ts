import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { cannotHold } from '../support/places.mjs';
import { agreementOf, disagreements } from './agreement.ts';
import { documentOf } from './document.ts';
import { type PlaceReport, merged, readReport } from './report.ts';

const DOCUMENT = fileURLToPath(new URL('../../docs/agreement.md', import.meta.url));

const HELP = `npm run agreement -- PLACE=REPORT…
Holds reports of the end-to-end suite against each other and writes docs/agreement.md; exit 1, and nothing written,
when a test failed, or ran in one place and not in another without a reason in test/support/places.mjs.
A place may be named again: files that were run again count as the last report has them.

Examples:
  PLACE=local SIZE=full npm run test:e2e -- --json --outputFile=/tmp/local.json
  PLACE=kubernetes SIZE=full npm run test:e2e -- --json --outputFile=/tmp/kubernetes.json
  npm run agreement -- local=/tmp/local.json kubernetes=/tmp/kubernetes.json
`;

/** Runs the command; gives the exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.length === 0) {
    console.info(HELP);
    return words.length === 0 ? 64 : 0;
  }
  const reports = merged(words.map(reportOf));
  const rows = agreementOf(reports, cannotHold);
  const problems = disagreements(rows);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;
  const options = await resolveConfig(DOCUMENT);
  writeFileSync(DOCUMENT, await format(documentOf(reports, rows), { ...options, parser: 'markdown' }));
  console.info(`${rows.length} tests in ${reports.length} places, no row without a reason: docs/agreement.md`);
  return 0;
}

function reportOf(word: string): PlaceReport {
  const [, place, path] = /^(local|compose|kubernetes)=(.+)$/.exec(word) ?? [];
  if (!place || !path) throw new Error(`"${word}" is no PLACE=REPORT; the places are local, compose, kubernetes.`);
  return readReport(place, path);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 64;
}
