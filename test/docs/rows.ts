import type { Block, Page } from './read/page.ts';
import type { BlockPlace } from './read/where.ts';

/** Characters of a title in the table. */
const LONGEST = 110;

/** The result for one block, or for the end of a document. */
export interface Row {
  /** Where it stands, and for an end what is asked of it. */
  at: string;
  state: 'passed' | 'failed' | 'listed' | 'not run' | 'unexplained';
  place?: BlockPlace;
  seconds?: number;
  /** Why it did not run, or failed. */
  reason?: string;
}

/** The rows of what this run does not run: the faults of a document, and each block with a reason or of another place. */
export function rowsNotRun({ faults, blocks }: Page, here: readonly BlockPlace[]): Row[] {
  return [
    ...faults.map((fault): Row => {
      const [, at = '', reason] = /^(\S+:\d+|npx .*`): (.*)$/s.exec(fault) ?? [];
      return { at, state: 'unexplained', reason: reason ?? fault };
    }),
    ...blocks.flatMap((block) => notRun(block, here)),
  ];
}

function notRun({ at, where }: Block, here: readonly BlockPlace[]): Row[] {
  if ('notRun' in where) return [{ at, state: 'not run', reason: where.notRun }];
  if ('runBy' in where) return [{ at, state: 'not run', reason: `${where.runBy} runs it` }];
  if (here.includes(where.place)) return [];
  const place = where.place === 'cluster' ? 'kubernetes' : 'local';
  return [{ at, state: 'not run', reason: `PLACE=${place} npm run docs:check runs it` }];
}

/** One line of the table: what came of it, where it ran, and where it stands; the reason below a failure. */
export function lineOf({ at, state, place = 'laptop', seconds = 0, reason = '' }: Row): string {
  const title = at.length > LONGEST ? `${at.slice(0, LONGEST)}…` : at;
  const indented = reason.trimEnd().replaceAll(/^/gm, ' '.repeat(10));
  if (state === 'not run') return `   not run           ${title}: ${reason}`;
  if (state === 'unexplained') return `✗ no place           ${title}: ${reason}`;
  if (state === 'failed') return `✗   FAILED  ${place.padEnd(7)}  ${title}\n${indented}`;
  const took = state === 'listed' ? '' : `${seconds.toFixed(1)} s`;
  return `${took.padStart(10)}  ${place.padEnd(7)}  ${title}`;
}

/** The last line: how many, and whether all is well. */
export function summaryOf(rows: readonly Row[], seconds: number): { text: string; code: number } {
  const count = (state: Row['state']) => rows.filter((row) => row.state === state).length;
  const [passed, failed, unexplained] = [count('passed'), count('failed'), count('unexplained')];
  const code = failed + unexplained > 0 || rows.length === 0 ? 1 : 0;
  const none = rows.length === 0 ? 'No document has such a path. ' : '';
  const listed = count('listed') > 0 ? `${count('listed')} to run, ` : '';
  const text = `${none}${listed}${passed} passed, ${failed} failed, ${count('not run')} not run with a reason, ${unexplained} without a place, ${seconds.toFixed(0)} s`;
  return { text, code };
}
