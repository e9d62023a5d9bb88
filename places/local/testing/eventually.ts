import { setTimeout as wait } from 'node:timers/promises';

/** Asks until there is an answer that is neither undefined nor false, and gives it. Throws after `patience` ms. */
export async function eventually<T>(ask: () => T | Promise<T>, patience = 10_000): Promise<NonNullable<T>> {
  for (const until = performance.now() + patience; ; await wait(10)) {
    const found = await ask();
    if (found !== undefined && found !== null && found !== false) return found;
    if (performance.now() > until) throw new Error(`Not within ${patience} ms: ${ask}`);
  }
}
