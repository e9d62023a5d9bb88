import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Version, createCallee, openDatabase } from '@tuesday/service';
import request from 'supertest';
import { eventually } from '../../../../test/support/eventually.ts';
import { createCheckout } from '../app.ts';
import { readConfig } from '../config.ts';
import type { Order } from '../contract.ts';
import { billingReply, recommendationsReply, startFake } from './fake-service.ts';

/** One purchase as its customer remembers it. */
export interface PurchaseRequest {
  customer: string;
  key: string;
  items: { sku: string; quantity: number }[];
  paymentMethod: string;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown> & { code?: string; order?: Order };
}

/** Checkout on a real database, between two fakes. Its background work does not run unless the service is started. */
export type Bench = Awaited<ReturnType<typeof openBench>>;

/** A purchase request with a key and customer of its own; `change` overrides any part. */
export function newPurchase(change: Partial<PurchaseRequest> = {}): PurchaseRequest {
  const items = [{ sku: 'headlamp', quantity: 2 }];
  return { customer: `customer-${randomUUID()}`, key: randomUUID(), items, paymentMethod: 'tok_visa', ...change };
}

/** Sets a bench up over an empty or used database, and waits for its tables. */
export async function openBench(databaseUrl: string, version: Version = 'v1') {
  const billing = await startFake(billingReply());
  const recommendations = await startFake(recommendationsReply);
  const service = createCheckout(
    readConfig({
      SERVICE_NAME: 'checkout',
      PORT: '0',
      SERVICE_VERSION: version,
      DATABASE_URL: databaseUrl,
      BILLING_URL: billing.url,
      RECOMMENDATIONS_URL: recommendations.url,
    }),
  );
  const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));
  const db = openDatabase({ url: databaseUrl, migrations, name: 'test' });
  // No test of these is about a limit, and twenty calls at once take a busy machine more than a second.
  const callees = {
    billing: createCallee({ service: 'billing', baseUrl: billing.url, limitMs: 20_000 }),
    recommendations: createCallee({ service: 'recommendations', baseUrl: recommendations.url, limitMs: 20_000 }),
  };
  await eventually(async () => (await request(service.app).get('/readyz')).status === 200);
  await eventually(() => db.ping().then(() => true));

  return {
    service,
    /** A pool of the test's own. */
    db,
    billing,
    recommendations,
    callees,
    async buy({ customer, key, items, paymentMethod }: PurchaseRequest): Promise<Answer> {
      // No test of a purchase is about the time that the whole of it may take.
      const headers = { 'idempotency-key': key, 'x-customer-id': customer, 'x-request-timeout-ms': '30000' };
      return request(service.app).post('/checkout').set(headers).send({ items, paymentMethod });
    },
    /** The rows of `idempotency` joined with their orders. */
    kept: () =>
      db.query<{ key: string; state: string; owner: string; orderStatus: string; token: string | null }>(
        `select key, state, owner, orders.status as "orderStatus", payment_method as token
                  from idempotency join orders on order_id = orders.id order by orders.created_at`,
      ),
    [Symbol.asyncDispose]: async () => {
      await service.stop();
      await Promise.all([db.close(), callees.billing.close(), callees.recommendations.close()]);
      await Promise.all([billing[Symbol.asyncDispose](), recommendations[Symbol.asyncDispose]()]);
    },
  };
}
