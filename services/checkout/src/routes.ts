import {
  Problem,
  answer,
  customerId,
  idempotencyKey,
  jsonBody,
  parseBody,
  requestHash,
  servedBy,
} from '@tuesday/service';
import { Router } from 'express';
import { z } from 'zod';
import type { PurchaseRequest } from './idempotency.ts';
import { type Order, type Outcome, checkoutSchema } from './contract.ts';
import { priceOf, products } from './products.ts';

export interface Parts {
  checkOut(request: PurchaseRequest): Promise<Outcome & { replayed: boolean }>;
  findOrder(question: { id: string; customer: string }): Promise<Order | undefined>;
}

/** The routes of checkout: all that the service does. */
export function routes({ checkOut, findOrder }: Parts): Router {
  return Router()
    .get('/products', function listProducts(_req, res) {
      answer(res, 200, { products });
    })
    .post('/checkout', jsonBody, async function buy(req, res) {
      const key = idempotencyKey(req);
      const customer = customerId(req);
      const request = parseBody(checkoutSchema, req);
      const amount = priceOf(request.items);
      const outcome = await checkOut({ customer, key, body: request, amount, requestHash: requestHash(request) });
      const headers = outcome.replayed ? { 'Idempotent-Replayed': 'true' } : {};
      const { status, body } = outcome;
      if (status === 402) throw new Problem('payment-declined', { extra: { ...body, servedBy: servedBy() }, headers });
      answer(res.set(headers), status, body);
    })
    .get('/orders/:id', async function readOrder(req, res) {
      const customer = customerId(req);
      const id = z.uuid().safeParse(req.params.id);
      const order = id.success ? await findOrder({ id: id.data, customer }) : undefined;
      if (!order) throw new Problem('order-not-found');
      answer(res, 200, { order });
    });
}
