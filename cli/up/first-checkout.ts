import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../places/failure.ts';
import { sendRequest } from '../../places/local/network/request.ts';
import { checkoutRequest, DEMO_BODY } from '../traffic/request.ts';

const TIMEOUT_MS = 20_000;

/**
 * Buys a tent through the gateway as a demo customer, and repeats it with the same key until the answer is 201: then the
 * whole shop works. Throws Failure with the last answer after 20 s.
 */
export async function firstCheckout(url: string): Promise<void> {
  const { method, path, headers, body = DEMO_BODY } = checkoutRequest(`first-${randomUUID()}`);
  const until = performance.now() + TIMEOUT_MS;
  for (let answer = ''; ; await sleep(50)) {
    answer = await attempt(`${url}${path}`, { method, headers: headers(0), body });
    if (answer === '201') return;
    if (performance.now() > until)
      throw new Failure(`The shop started, but its first checkout was answered ${answer}.`);
  }
}

async function attempt(
  url: string,
  { body, ...options }: { method: string; headers: Record<string, string>; body: string },
): Promise<string> {
  try {
    const { hostname, port, pathname: path } = new URL(url);
    const signal = AbortSignal.timeout(10_000);
    const answer = await sendRequest({ hostname, port, path, ...options, signal }, body);
    await text(answer);
    return `${answer.statusCode}`;
  } catch (error) {
    return `not at all (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** The same purchase as a line to paste; the key differs from second to second. */
export function curlCommand(url: string): string {
  const headers = `-H 'content-type: application/json' -H 'x-customer-id: demo' -H "idempotency-key: demo-$(date +%s)"`;
  return `curl ${headers} -d '${DEMO_BODY}' ${url}/api/checkout`;
}
