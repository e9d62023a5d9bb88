/** How long to wait before a crashed container is started again. */
export interface BackOff {
  /** Milliseconds before the next start, given how long the container ran. */
  next(ranForMs: number): number;
}

const FIRST = 250;
const MOST = 10_000;
const HEALTHY = 10_000;

/**
 * At once the first time, then 0.25 s doubling to 10 s, and back to zero after 10 s of life. A kubelet waits 10 s doubling
 * to 5 minutes (docs/fidelity.md): a laptop demo would look broken meanwhile.
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
