/** The results of an open loop of calls. */
export interface LoadResult<T> {
  results: T[];
  /** Milliseconds from the moment each call was due, sorted. */
  latencies: number[];
}

/**
 * Runs `count` calls at `perSecond`, whether or not earlier ones have ended (an open loop: a slow answer does not slow
 * the customers down). Latency counts from the moment a call was due.
 */
export async function openLoop<T>(options: {
  count: number;
  perSecond: number;
  call: (index: number) => Promise<T>;
}): Promise<LoadResult<T>> {
  const { count, perSecond, call } = options;
  const start = performance.now();
  const latencies: number[] = [];
  const running: Promise<T>[] = [];
  for (let index = 0; index < count; index++) {
    const due = start + (index * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    running.push(
      call(index).then((result) => {
        latencies.push(performance.now() - due);
        return result;
      }),
    );
  }
  const results = await Promise.all(running);
  return { results, latencies: latencies.sort((a, b) => a - b) };
}

/** The value below which `share` (0–1) of the sorted numbers lie; 0 of none. */
export function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
