import type { Result } from './part.ts';

/** The end of the run: a line for each part; the last line is the total. */
export function summaryOf(results: readonly Result[]): { text: string; code: number } {
  const count = (state: Result['state']) => results.filter((result) => result.state === state).length;
  const [passed, failed, notRun] = [count('passed'), count('failed'), count('not run')];
  const width = Math.max(...results.map(({ name }) => name.length));
  const lines = results.map(({ name, state, seconds, why }) => {
    const minutes = state === 'not run' ? '' : `${(seconds / 60).toFixed(1)} min`;
    const shown = state === 'failed' ? 'FAILED' : state;
    return `  ${name.padEnd(width)}  ${shown.padEnd(7)} ${minutes.padStart(9)}  ${why ?? ''}`.trimEnd();
  });
  const total = `${passed} passed, ${failed} failed, ${notRun} not run`;
  return { text: [...lines, '', total].join('\n'), code: failed === 0 && passed > 0 ? 0 : 1 };
}
