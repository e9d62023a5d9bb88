import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { cannotHold } from '../support/places.mjs';
import { agreementOf, disagreements } from './agreement.ts';
import { documentOf } from './document.ts';
import { merged, readReport } from './report.ts';
import { HELP, UsageError, readWords } from './words.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DOCUMENT = join(ROOT, 'docs/agreement.md');

/** Runs the command and returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help')) {
    console.info(HELP);
    return 0;
  }
  const reports = merged(readWords(words).map(({ place, path }) => readReport(place, path)));
  const files = globSync('test/{e2e,browser}/**/*.test.ts', { cwd: ROOT });
  const rows = agreementOf(reports, { files, cannotHold });
  const problems = disagreements(rows);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;
  const options = await resolveConfig(DOCUMENT);
  writeFileSync(DOCUMENT, await format(documentOf(reports, rows), { ...options, parser: 'markdown' }));
  console.info(`${rows.length} tests in ${reports.length} places, no row without a reason: docs/agreement.md`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = error instanceof UsageError ? 64 : 1;
}
