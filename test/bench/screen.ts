import { indent, table } from '@tuesday/mesh/explain';
import { HEAD, type Result, row } from './report.ts';

/** A bench's result for the terminal. */
export function resultScreen({ title, measures, notes, failure }: Result): string {
  if (failure !== undefined) return `\n${title}\n  not measured: ${failure}\n`;
  const [, ...columns] = HEAD.map((word) => word.toUpperCase());
  return `\n${title}\n${indent(table([['MEASURE', ...columns], ...measures.map(row)]))}${notes.map((note) => `  ${note}\n`).join('')}`;
}

/** Shows the progress of a run: on a terminal one line that changes, otherwise one line for each step. */
export function createProgress(stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>) {
  let shown = false;
  return {
    say(text: string) {
      stream.write(stream.isTTY ? `\r\u001B[K  ${text}` : `  ${text}\n`);
      shown = true;
    },
    clear() {
      if (shown && stream.isTTY) stream.write('\r\u001B[K');
      shown = false;
    },
  };
}
