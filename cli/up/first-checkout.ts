import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../places/failure.ts';
import { post } from '../traffic/post.ts';
import { checkoutRequest, DEMO_BODY } from '../traffic/request.ts';
import { openSession } from '../traffic/session.ts';

const TIMEOUT_MS = 20_000;

/**
 * Buys a tent through the gateway as a new customer, and repeats it with the same key until the answer is 201: then the
 * whole shop works. Throws Failure with the last answer after 20 s.
 */
export async function firstCheckout(url: string): Promise<void> {
  const key = `first-${randomUUID()}`;
  let customer: Record<string, string> | undefined;
  async function attempt(): Promise<string> {
    try {
      customer ??= await openSession(url);
      const { path, headers, body } = checkoutRequest(key, customer);
      return `${(await post(`${url}${path}`, headers(0), body)).status}`;
    } catch (error) {
      return `not at all (${error instanceof Error ? error.message : String(error)})`;
    }
  }
  const until = performance.now() + TIMEOUT_MS;
  for (let answer = ''; ; await sleep(50)) {
    answer = await attempt();
    if (answer === '201') return;
    if (performance.now() > until)
      throw new Failure(`The shop started, but its first checkout was answered ${answer}.`);
  }
}

/** The same as lines to paste; the key differs from second to second. Without a mesh a header says who buys. */
export function curlLines(url: string, mesh: boolean): string[] {
  const jar = '/tmp/tuesday-session';
  const customer = mesh ? `-b ${jar}` : `-H 'x-customer-id: demo'`;
  const headers = `-H 'content-type: application/json' -H "idempotency-key: demo-$(date +%s)"`;
  return [
    ...(mesh ? [`curl -c ${jar} -X POST ${url}/api/session`] : []),
    `curl ${customer} ${headers} -d '${DEMO_BODY}' ${url}/api/checkout`,
  ];
}
