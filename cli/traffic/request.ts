/** The request that `traffic` repeats. */
export interface RequestTemplate {
  method: 'GET' | 'POST';
  path: string;
  /** The headers of the n-th request. */
  headers(index: number): Record<string, string>;
  body?: string;
  status: number;
}

/** Reads the recommendations for a product: needs no customer and changes nothing. */
export const RECOMMENDATIONS_REQUEST: RequestTemplate = {
  method: 'GET',
  path: '/api/recommendations?sku=tent-2p',
  headers: () => ({}),
  status: 200,
};

/** One tent, paid with a test card. */
export const DEMO_BODY = '{"items":[{"sku":"tent-2p","quantity":1}],"paymentMethod":"tok_visa"}';

/** Buys a tent; every idempotency key begins with `run`. */
export function checkoutRequest(run: string): RequestTemplate {
  return {
    method: 'POST',
    path: '/api/checkout',
    headers: (index) => ({
      'content-type': 'application/json',
      'x-customer-id': 'demo',
      'idempotency-key': `${run}-${index}`,
    }),
    body: DEMO_BODY,
    status: 201,
  };
}
