import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { DEMO_ISSUER } from './tokens/issuer.ts';

/** The answer to one request; `status: 0` when there was none. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown>;
}

/** One purchase of a customer. */
export interface Purchase {
  key: string;
  customer: string;
  items: { sku: string; quantity: number }[];
  paymentMethod: string;
}

/** A purchase with its own key and customer; `change` overrides any part of it. */
export function purchase(change: Partial<Purchase> = {}): Purchase {
  return {
    key: randomUUID(),
    customer: `customer-${randomUUID()}`,
    items: [{ sku: 'tent-2p', quantity: 1 }],
    paymentMethod: 'tok_visa',
    ...change,
  };
}

/**
 * The headers of a customer's requests: a token of the demo's key, and the name, which counts only where there is no mesh
 * (test/e2e/mesh/tokens shows that a mesh replaces it).
 */
export function asCustomer(customer: string): Record<string, string> {
  return { authorization: `Bearer ${DEMO_ISSUER.token({ sub: customer })}`, 'x-customer-id': customer };
}

/** Sends the purchase once. Never throws: no answer is `status: 0`. */
export async function buy(
  url: string,
  { key, customer, items, paymentMethod }: Purchase,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(`${url}/api/checkout`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, ...asCustomer(customer), ...headers },
    body: JSON.stringify({ items, paymentMethod }),
  });
}

/**
 * Repeats the purchase with the same key until the answer is final (201 or 402), as a client should: after the seconds
 * that Retry-After says, else after a pause that grows and is partly random. Customers who retry ten times a second would
 * keep a busy shop from recovering. Throws with all other answers after `patienceMs`.
 */
export async function buyUntilAnswered(
  url: string,
  wanted: Purchase,
  patienceMs = 30_000,
): Promise<Answer & { tries: number }> {
  const until = Date.now() + patienceMs;
  const others: string[] = [];
  for (let tries = 1; ; tries++) {
    const answer = await buy(url, wanted);
    const { status, headers, body } = answer;
    if (status === 201 || status === 402) return { ...answer, tries };
    others.push(`${status} ${String(body['code'] ?? body['text'])}`);
    if (Date.now() > until)
      throw new Error(`No outcome for key ${wanted.key} after ${tries} tries, which were: ${inRuns(others)}`);
    await pause(pauseMs(tries, Number(headers['retry-after'] ?? 0)));
  }
}

/** Milliseconds before the next try: 0.1 to 3.2 s, doubling, a random half of it; at least `askedSeconds`. */
function pauseMs(tries: number, askedSeconds: number): number {
  const most = 100 * 2 ** Math.min(tries - 1, 5);
  return Math.max(askedSeconds * 1_000, most * (0.5 + Math.random() / 2));
}

/** `3 × 504 upstream-timeout, 409 request-in-progress`: texts in order, repetitions counted. */
function inRuns(all: readonly string[]): string {
  const runs: { what: string; times: number }[] = [];
  for (const what of all) {
    const last = runs.at(-1);
    if (last?.what === what) last.times++;
    else runs.push({ what, times: 1 });
  }
  return runs.map(({ what, times }) => (times === 1 ? what : `${times} × ${what}`)).join(', ');
}

/** One request; JSON bodies are parsed, others given as `{ text }`. */
export async function send(url: string, options: Parameters<typeof request>[1] = {}): Promise<Answer> {
  try {
    const { statusCode, headers, body } = await request(url, {
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
      ...options,
    });
    const text = await body.text();
    return { status: statusCode, headers, body: parse(text) };
  } catch (error) {
    return { status: 0, headers: {}, body: { text: `${error}` } };
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { text };
  }
}
