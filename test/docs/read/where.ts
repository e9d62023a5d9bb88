/** Where a block runs: on a laptop with a running shop, on a cluster, or in a copy of the clone with an empty home. */
export type BlockPlace = 'laptop' | 'cluster' | 'fresh';

/** Where a block runs, which test runs it instead, or why it is not run. */
export type Where = { place: BlockPlace } | { runBy: string } | { notRun: string };

const PLACES: Record<string, BlockPlace> = { '': 'laptop', cluster: 'cluster', fresh: 'fresh' };

/**
 * Reads what stands after `sh` in the first line of a block, or in the third part of an example of `--help`.
 * @throws Error with what to write instead, without the position
 */
export function readWhere(info: string): Where {
  const words = info.trim();
  const place = PLACES[words];
  if (place !== undefined) return { place };
  const [, runBy] = /^run by (\S+)$/.exec(words) ?? [];
  if (runBy !== undefined) return { runBy };
  const [, notRun] = /^not run:(.*)$/.exec(words) ?? [];
  if (notRun === undefined)
    throw new Error(
      `"${words}" is no place. Write sh alone (a laptop), sh cluster, sh fresh, sh run by TEST, or sh not run: REASON`,
    );
  if (notRun.trim() === '') throw new Error('"not run:" has no reason. Write why this block is not run');
  return { notRun: notRun.trim() };
}
