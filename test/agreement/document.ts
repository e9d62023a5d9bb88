import type { Cell, Row } from './agreement.ts';
import { type PlaceReport, commandOf } from './report.ts';

/** The text of docs/agreement.md: the runs, and for each file a table of its tests with the result in each place. */
export function documentOf(reports: readonly PlaceReport[], rows: readonly Row[]): string {
  const places = reports.map(({ place }) => place);
  const files = [...Map.groupBy(rows, ({ file }) => file)];
  const sections = files.map(
    ([file, its]) => `## \`${file}\`\n\n${table(['test', ...places], its.map(testRow(places)))}`,
  );
  return `# Where the suite agrees

${rows.length} tests of ${files.length} files, each in the full size, in ${places.length} places. Where a place does not run a file, the row gives the reason; a failed test, or a row without a reason, would be an error, and this file is then not written. The number of requests of a test differs by place where test/support/size.ts says so.

${table(
  ['place', 'run', 'Node.js', 'passed', 'failed', 'not run'],
  reports.map((report) => placeRow(report, rows)),
)}
Written by \`npm run agreement\`. To make it again:

\`\`\`sh not run: it is the whole suite, once in each place
${[...places.map((place) => commandOf(place, `${place}.json`)), againOf(places)].join('\n')}
\`\`\`

${sections.join('\n')}`;
}

const againOf = (places: readonly string[]) =>
  `npm run agreement -- ${places.map((place) => `${place}=${place}.json`).join(' ')}`;

function placeRow({ place, at, node }: PlaceReport, rows: readonly Row[]): string[] {
  const count = (state: Cell['state']) => `${rows.filter(({ cells }) => cells[place]?.state === state).length}`;
  const counts = [count('passed'), count('failed'), count('not run')];
  return [place, at.toISOString().slice(0, 10), node ?? 'unknown', ...counts];
}

const testRow =
  (places: readonly string[]) =>
  ({ name, cells }: Row): string[] => [name, ...places.map((place) => textOf(cells[place]!))];

function textOf(cell: Cell): string {
  return cell.state === 'not run' ? `not run: ${cell.reason}` : cell.state;
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return `${[line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

/** Titles are plain text, not Markdown. */
const escaped = (text: string) => text.replace(/[|<*\\]/g, '\\$&');
