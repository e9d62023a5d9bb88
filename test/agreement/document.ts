import type { Cell, Row } from './agreement.ts';
import type { PlaceReport } from './report.ts';

/** docs/agreement.md: which test holds where. Files that agree in every place are one line with their number of tests. */
export function documentOf(reports: readonly PlaceReport[], rows: readonly Row[]): string {
  const places = reports.map(({ place }) => place);
  const files = [...Map.groupBy(rows, ({ file }) => file)];
  return `# Where the suite agrees

Written by \`npm run agreement\` from reports of the whole suite (\`SIZE=full\`) in each place; \`npm run agreement -- --help\` says how to make it again.

${table(['place', 'run', 'passed', 'failed'], reports.map(placeRow))}
A place that does not run a file has a reason for it. A row without one would be an error, and this file would not have been written.

${table(
  ['file', 'tests', ...places],
  files.map(([file, its]) => fileRow(file, its, places)),
)}
${reasonsOf(rows)}`;
}

function placeRow({ place, at, outcomes }: PlaceReport): string[] {
  const passed = outcomes.filter((one) => one.passed).length;
  return [`\`${place}\``, at.toISOString().slice(0, 10), `${passed}`, `${outcomes.length - passed}`];
}

function fileRow(file: string, rows: readonly Row[], places: readonly string[]): string[] {
  return [`\`${file}\``, `${rows.length}`, ...places.map((place) => summary(rows.map(({ cells }) => cells[place]!)))];
}

function summary(cells: readonly Cell[]): string {
  const passed = cells.filter(({ state }) => state === 'passed').length;
  return passed === cells.length ? 'all pass' : passed === 0 ? 'not run' : `${passed} pass`;
}

/** Each reason once, with the file and the place it is for. */
function reasonsOf(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ file, cells }) =>
    Object.entries(cells).flatMap(([place, cell]) =>
      cell.state === 'not run' ? [`- \`${file}\` in ${place}: ${cell.reason}.`] : [],
    ),
  );
  return lines.length === 0 ? '' : `## Not run, and why\n\n${[...new Set(lines)].join('\n')}\n`;
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `${[line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
