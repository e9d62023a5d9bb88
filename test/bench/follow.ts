import { setTimeout as wait } from 'node:timers/promises';
import { send } from '../support/customer.ts';

export type Version = 'v1' | 'v2';
/** The canary's weights with all requests on one version: one answer is enough to see which file is in force. */
export const CANARY: Record<Version, string> = { v1: 'istio/canary/0.yaml', v2: 'istio/canary/100.yaml' };
/** Restores the weights of the base. */
export const BASE = 'istio/base/recommendations.yaml';

/** Milliseconds between two requests, and the time limit. */
const INTERVAL = 2;
const TIMEOUT = 30_000;

/**
 * Asks the gateway for recommendations, one request after the other, until this version answers; returns that moment
 * (performance.now()). Throws after `timeout` ms. Calls `failed` for each request that was not answered 200.
 */
export async function waitForVersion(
  url: string,
  version: Version,
  { failed, timeout = TIMEOUT }: { failed?(status: number): void; timeout?: number } = {},
): Promise<number> {
  const until = performance.now() + timeout;
  for (;;) {
    const { status, body } = await send(`${url}/api/recommendations?sku=tent-2p`);
    if (status !== 200) failed?.(status);
    if ((body['hops'] as { version: string }[] | undefined)?.at(-1)?.version === version) return performance.now();
    if (performance.now() > until)
      throw new Error(`Traffic does not follow: no answer of ${version} in ${timeout} ms.`);
    await wait(INTERVAL);
  }
}
