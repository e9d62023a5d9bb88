/**
 * A table as kubectl prints it: a column is three spaces wider than its longest cell, at least six; the last is not padded.
 * Source: k8s.io/cli-runtime/pkg/printers/tabwriter.go.
 */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, (_, column) =>
    Math.max(6, ...rows.map((row) => (row[column] ?? '').length + 3)),
  );
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('');
  return rows.map((row) => `${line(row)}\n`).join('');
}

/** Moves every line to the right. */
export function indent(text: string, spaces = 2): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(spaces));
}
