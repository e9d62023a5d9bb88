import { randomUUID } from 'node:crypto';
import { request } from 'undici';

/** What one request to the shop came to: its answer, or `status: 0` when there was none. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown>;
}

/** One purchase as its customer remembers it. */
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

/** Sends the purchase once. Never throws: no answer is `status: 0`. */
export async function buy(
  url: string,
  { key, customer, items, paymentMethod }: Purchase,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(`${url}/api/checkout`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, 'x-customer-id': customer, ...headers },
    body: JSON.stringify({ items, paymentMethod }),
  });
}

/** Repeats the purchase with the same key until the answer is final (201 or 402). Throws with the last answer after `patienceMs`. */
export async function buyUntilAnswered(
  url: string,
  wanted: Purchase,
  patienceMs = 30_000,
): Promise<Answer & { tries: number }> {
  const until = Date.now() + patienceMs;
  for (let tries = 1; ; tries++) {
    const answer = await buy(url, wanted);
    if (answer.status === 201 || answer.status === 402) return { ...answer, tries };
    if (Date.now() > until)
      throw new Error(`No outcome after ${tries} tries, last: ${answer.status} ${JSON.stringify(answer.body)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
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
