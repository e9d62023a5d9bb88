// node .ci/summary.mjs REPORT CODE: prints the summary of one run of jest, from its report and its exit code.
import { readFileSync } from 'node:fs';
import { countsOf, summarize } from '../setup/checks/summary.mjs';

const [file = '', code = '1'] = process.argv.slice(2);
const report = JSON.parse(readFileSync(file, 'utf8'));
const seconds = (Date.now() - report.startTime) / 1000;
const { text, code: exit } = summarize(
  [{ name: report.ran.place, code: Number(code), seconds, counts: countsOf(report) }],
  [],
);
process.stdout.write(text);
process.exitCode = exit;
