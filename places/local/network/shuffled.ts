/** The same entries in a random order. */
export function shuffled(all: readonly number[]): number[] {
  return all
    .map((one) => [Math.random(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}
