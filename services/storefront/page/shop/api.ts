import type { PurchaseRequest } from './purchase.ts';
import type { Answer, Body } from './types.ts';

const JSON_BODY = { 'content-type': 'application/json' };

/** The shop's API on the page's own origin. Never throws: no answer is an answer of status 0. */
export function createApi() {
  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const began = performance.now();
    try {
      const response = await fetch(path, init);
      const body = (await response.json().catch(() => ({}))) as Body;
      const serverTiming = response.headers.get('server-timing') ?? '';
      return { status: response.status, body, serverTiming, ms: performance.now() - began };
    } catch {
      return { status: 0, body: {}, serverTiming: '', ms: performance.now() - began };
    }
  }

  return {
    products: () => ask('/api/products'),
    recommendations(skus: string[], signal: AbortSignal) {
      const query = new URLSearchParams(skus.map((sku) => ['sku', sku]));
      query.append('limit', '3');
      return ask(`/api/recommendations?${query}`, { signal });
    },
    checkout: ({ key, items, paymentMethod }: PurchaseRequest, headers: Record<string, string>) =>
      ask('/api/checkout', {
        method: 'POST',
        headers: { ...JSON_BODY, 'idempotency-key': key, ...headers },
        body: JSON.stringify({ items, paymentMethod }),
      }),
    /** A session of the present customer, or of a demo customer. */
    openSession: (customer?: string) =>
      ask('/api/session', {
        method: 'POST',
        ...(customer !== undefined && { headers: JSON_BODY, body: JSON.stringify({ customer }) }),
      }),
    signOut: () => ask('/sign-out', { method: 'POST' }),
  };
}

export type Api = ReturnType<typeof createApi>;
