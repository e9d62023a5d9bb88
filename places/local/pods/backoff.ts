/** How long to wait before a crashed container is started again. */
export interface BackOff {
  /** Milliseconds before the next start, given how long the container ran. */
  next(ranForMs: number): number;
}

const FIRST = 250;
const MOST = 10_000;
const HEALTHY = 10_000;

/**
 * No pause before the first restart, then 0.25 s, doubled each time up to 10 s; none again after a run of 10 s. A kubelet
 * waits from 10 s to 5 minutes (docs/fidelity.md), and a demo on a laptop would look broken for so long.
 */
export function createBackOff(): BackOff {
  let crashes = 0;
  return {
    next: (ranForMs) => {
      if (ranForMs >= HEALTHY) crashes = 0;
      const wait = crashes === 0 ? 0 : Math.min(FIRST * 2 ** (crashes - 1), MOST);
      crashes++;
      return wait;
    },
  };
}
