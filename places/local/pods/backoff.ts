const FIRST_MS = 250;
const MOST_MS = 10_000;
/** After a run of this length the pauses begin again at 0. */
const HEALTHY_MS = 10_000;

/**
 * Gives a function: from the time that a container ran to the pause before its next start, both in ms. No pause before the
 * first restart, then 0.25 s, doubled each time up to 10 s. A kubelet waits from 10 s to 5 minutes (docs/fidelity.md); on
 * a laptop the shop would look broken for that time.
 */
export function createBackOff(): (ranForMs: number) => number {
  let crashes = 0;
  return (ranForMs) => {
    if (ranForMs >= HEALTHY_MS) crashes = 0;
    const wait = crashes === 0 ? 0 : Math.min(FIRST_MS * 2 ** (crashes - 1), MOST_MS);
    crashes++;
    return wait;
  };
}
