/** Choices that are the same for the same seed. */
export interface Random {
  /** A whole number from 0, below this one. */
  below(count: number): number;
  chance(share: number): boolean;
  pick<T>(all: readonly T[]): T;
}

/** Mulberry32: small, and random enough to choose among a few things. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (count: number) => Math.floor(next() * count);
  return { below, chance: (share) => next() < share, pick: (all) => all[below(all.length)]! };
}
