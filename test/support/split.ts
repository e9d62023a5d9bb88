import { buy, purchase, send } from './customer.ts';

/** Calls under way at once: enough to keep two cores busy, too few to queue up, also where two shops are tested. */
const AT_ONCE = 6;

interface Hop {
  service: string;
  version: string;
}

/** How often each version answered, and how many requests failed. */
export interface Split {
  versions: Record<string, number>;
  failed: number;
}

/** `count` calls, six or `atOnce` at once (a closed loop: each next one when one has ended). */
export async function repeat<T>(count: number, call: (index: number) => Promise<T>, atOnce = AT_ONCE): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) results[index] = await call(index);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return results;
}

/** Asks a path of the gateway whose answers carry hops, and counts who served the last one. */
export async function splitOf(url: string, requests: number): Promise<Split> {
  const hops = await repeat(requests, async () => {
    const { status, body } = await send(url);
    return status === 200 ? ((body['hops'] as Hop[] | undefined)?.at(-1) ?? (body['servedBy'] as Hop)) : undefined;
  });
  return count(hops);
}

/** Buys, and counts who charged and who recommended. */
export async function splitsOfCheckouts(url: string, requests: number): Promise<Record<string, Split>> {
  const all = await repeat(requests, async () => {
    const { status, body } = await buy(url, purchase());
    return status === 201 ? (body['hops'] as Hop[]) : undefined;
  });
  const of = (service: string) => count(all.map((hops) => hops?.find((hop) => hop.service === service)));
  return { billing: of('billing'), recommendations: of('recommendations') };
}

function count(hops: (Hop | undefined)[]): Split {
  const versions: Record<string, number> = { v1: 0, v2: 0 };
  for (const hop of hops) if (hop) versions[hop.version] = (versions[hop.version] ?? 0) + 1;
  return { versions, failed: hops.filter((hop) => hop === undefined).length };
}
