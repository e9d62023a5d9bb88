type Headers = Record<string, string>;

/** The request that `traffic` repeats. */
export interface RequestTemplate {
  method: 'GET' | 'POST';
  path: string;
  /** The headers of the n-th request. */
  headers(index: number): Headers;
  body?: string;
  status: number;
}

/** Reads the recommendations for a product: needs no customer (`customer`: the headers of one) and changes nothing. */
export const recommendationsRequest = (customer: Headers = {}): RequestTemplate => ({
  method: 'GET',
  path: '/api/recommendations?sku=tent-2p',
  headers: () => customer,
  status: 200,
});

/** One tent, paid with a test card. */
export const DEMO_BODY = '{"items":[{"sku":"tent-2p","quantity":1}],"paymentMethod":"tok_visa"}';

/** Buys a tent, as the customer of these headers; every idempotency key begins with `run`. */
export function checkoutRequest(run: string, customer: Headers): RequestTemplate {
  return {
    method: 'POST',
    path: '/api/checkout',
    headers: (index) => ({
      'content-type': 'application/json',
      ...customer,
      'idempotency-key': `${run}-${index}`,
    }),
    body: DEMO_BODY,
    status: 201,
  };
}
