/** Calls `question` every 50 ms until it gives neither undefined nor false; throws after `patienceMs`, with the last error if there was one. */
export async function eventually<T>(
  question: () => T | undefined | false | Promise<T | undefined | false>,
  patienceMs = 60_000,
): Promise<T> {
  const until = Date.now() + patienceMs;
  let last: unknown;
  while (Date.now() < until) {
    try {
      const answer = await question();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Not within ${patienceMs} ms${last ? `: ${last}` : ''}`);
}
