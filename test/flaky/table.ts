import type { Round } from './round.ts';

/** The end of a run: each test that failed, with its rounds, the most often failed first; the last line is the verdict. */
export function tableOf(rounds: readonly Round[]): string {
  const names = rounds.flatMap(({ failed }) => [...new Set(failed)]);
  const counted = [...Map.groupBy(names, (name) => name)].map(([name, all]) => ({ name, times: all.length }));
  counted.sort((a, b) => b.times - a.times || a.name.localeCompare(b.name));
  const cells = counted.map(({ name, times }) => [`${times} of ${rounds.length}`, name] as const);
  const width = Math.max(...cells.map(([count]) => count.length), 'failed'.length);
  const rows = [['failed', 'test'] as const, ...cells].map(([count, name]) => `  ${count.padEnd(width)}  ${name}`);
  const bad = rounds.filter(({ failed }) => failed.length > 0).length;
  const seconds = rounds.reduce((total, round) => total + round.seconds, 0);
  const verdict = `${rounds.length - bad} of ${rounds.length} rounds passed in ${seconds.toFixed(0)} s`;
  return [...(cells.length > 0 ? [...rows, ''] : []), verdict].join('\n');
}

/** The line after a round, and what failed in it. */
export function roundLine({ seconds, failed }: Round, name: string): string {
  const result = failed.length === 0 ? 'passed' : `${failed.length} failed`;
  return [`  ${name}: ${result}, ${seconds.toFixed(1)} s`, ...failed.map((test) => `    ✗ ${test}`)].join('\n');
}
