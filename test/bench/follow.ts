import { setTimeout as wait } from 'node:timers/promises';
import { send } from '../support/customer.ts';

export type Version = 'v1' | 'v2';
/** The canary's two ends: after them every request tells which one is in force. */
export const CANARY: Record<Version, string> = { v1: 'istio/canary/0.yaml', v2: 'istio/canary/100.yaml' };
/** What puts both back. */
export const BASE = 'istio/base/recommendations.yaml';

/** Milliseconds between two questions, and after which nobody waits any longer. */
const EVERY = 2;
const PATIENCE = 30_000;

/**
 * Asks the gateway for recommendations, one request after the other, until this version answers: gives the moment
 * (performance.now()). Throws after 30 s. `failed` is told of each request that was not answered 200.
 */
export async function follows(
  url: string,
  version: Version,
  { failed, patience = PATIENCE }: { failed?(status: number): void; patience?: number } = {},
): Promise<number> {
  const until = performance.now() + patience;
  for (;;) {
    const { status, body } = await send(`${url}/api/recommendations?sku=tent-2p`);
    if (status !== 200) failed?.(status);
    if ((body['hops'] as { version: string }[] | undefined)?.at(-1)?.version === version) return performance.now();
    if (performance.now() > until)
      throw new Error(`Traffic does not follow: no answer of ${version} in ${patience} ms.`);
    await wait(EVERY);
  }
}
