import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { conditions, HEAD, type Report, type Result, row } from './report.ts';

/** Writes a report into the document, each bench between its own markers; the rest of the text is written by hand. */
export async function updateDocument(file: string, { results, ...facts }: Report): Promise<void> {
  let text = await readFile(file, 'utf8');
  // A bench that could not be measured in this run keeps its earlier numbers.
  for (const result of results.filter(({ measures, failure }) => measures.length > 0 || failure !== undefined))
    text = withSection(text, result.name, section(result, conditions(facts)));
  const options = await resolveConfig(file);
  await writeFile(file, await format(text, { ...options, parser: 'markdown' }));
}

/** Replaces the text between a bench's markers. Throws where the markers are missing. */
export function withSection(text: string, name: string, section: string): string {
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The document has no section "${name}": it needs ${begin} and ${end}.`);
  return `${text.slice(0, from + begin.length)}\n\n${section}\n\n${text.slice(to)}`;
}

function section({ measures, notes, failure }: Result, measured: string): string {
  if (failure !== undefined) return `Not measured on ${measured.slice(0, 10)}: ${failure}`;
  const rule = HEAD.map((_, column) => (column > 0 && column < HEAD.length - 1 ? '--:' : '---'));
  const lines = [HEAD, rule, ...measures.map(row)].map((cells) => `| ${cells.join(' | ')} |`);
  return [lines.join('\n'), ...notes, `_${measured}_`].join('\n\n');
}
