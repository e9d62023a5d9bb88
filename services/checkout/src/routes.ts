import { Problem, type Route, answer, requestHash, route, servedBy } from '@tuesday/service';
import { type Order, type Outcome, contract } from './contract.ts';
import type { PurchaseRequest } from './idempotency.ts';
import { priceOf, products } from './products.ts';

export interface Parts {
  checkOut(request: PurchaseRequest): Promise<Outcome & { replayed: boolean }>;
  findOrder(question: { id: string; customer: string }): Promise<Order | undefined>;
}

/** The routes of checkout. */
export function routes({ checkOut, findOrder }: Parts): Route[] {
  return [
    route(contract.listProducts, (_input, res) => answer(res, 200, { products })),
    route(contract.checkOut, async ({ headers, body }, res) => {
      const outcome = await checkOut({
        customer: headers['x-customer-id'],
        key: headers['idempotency-key'],
        requestHash: requestHash(body),
        body,
        amount: priceOf(body.items),
      });
      const replay = outcome.replayed ? { 'Idempotent-Replayed': 'true' } : {};
      if (outcome.status === 402)
        throw new Problem('payment-declined', { extra: { ...outcome.body, servedBy: servedBy() }, headers: replay });
      answer(res.set(replay), outcome.status, outcome.body);
    }),
    route(contract.showOrder, async ({ headers, params }, res) => {
      const order = await findOrder({ id: params.id, customer: headers['x-customer-id'] });
      if (!order) throw new Problem('order-not-found');
      answer(res, 200, { order });
    }),
  ];
}
