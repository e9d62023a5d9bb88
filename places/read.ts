/** How often a read is repeated whose connection was cut. */
const REPEATS = 2;

/**
 * GETs a URL and gives its body. A read changes nothing, so it is repeated when its connection is cut: kubectl port-forward
 * does this to single connections while all others go on. Throws when there is no answer within 10 s, and when the third
 * connection is cut, too.
 */
export async function read(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ ok: boolean; status: number; text: string }> {
  for (let repeats = 0; ; repeats++)
    try {
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
      return { ok: response.ok, status: response.status, text: await response.text() };
    } catch (error) {
      // fetch and the reading of a body throw a TypeError for a lost connection, and another error for the time limit.
      if ((error as Error).name !== 'TypeError' || repeats === REPEATS) throw error;
    }
}
