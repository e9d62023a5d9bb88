import type { Result } from './part.ts';

/** The facts of a run: its day as `2026-01-31`, and the machine in one line. */
export interface Facts {
  day: string;
  machine: string;
}

const HEAD = ['part', 'command', 'result', 'minutes', 'day', 'machine'];

/**
 * The text of docs/release-check.md: how long each part took.
 * @param before the text so far; a part that was not run keeps its row
 */
export function documentOf(results: readonly Result[], { day, machine }: Facts, before = ''): string {
  const rows = results.map(({ name, command, state, seconds, why }) => {
    const kept = before.split('\n').find((line) => line.startsWith(`| ${name} `));
    if (state === 'not run' && kept) return cellsOf(kept);
    const ran = [minutesOf(seconds), day, machine];
    return [name, `\`${command}\``, ...(state === 'not run' ? [`not run: ${why}`, '', '', ''] : [state, ...ran])];
  });
  const together = rows.reduce((total, [, , , minutes]) => total + Number(minutes), 0);
  const missing = rows.filter(([, , result]) => result?.startsWith('not run')).map(([name]) => name);
  const whole = missing.length === 0 ? 'in all' : `without ${missing.join(', ')}, not run so far`;
  const rule = HEAD.map((name) => (name === 'minutes' ? '--:' : '---'));
  return `# What the release check takes

\`npm run release:check\` runs everything in full size, one part after the other, ${together.toFixed(0)} minutes ${whole}. It writes this page: the last run of each part.

${[HEAD, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}
`;
}

const minutesOf = (seconds: number) => (seconds / 60).toFixed(1);

const cellsOf = (row: string) =>
  row
    .slice(1, row.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim());
