import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Version, openDatabase } from '@tuesday/service';
import request from 'supertest';
import { freshDatabase } from '../../../../test/support/database.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { createBilling } from '../app.ts';
import { readConfig } from '../config.ts';

/** A charge as it is asked for. */
export interface ChargeInput {
  key: string;
  /** A header as a sidecar would set it; absent where there is no mesh. */
  caller?: string;
  orderId: string;
  minor: number;
  paymentMethod: string;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: { code?: string; reason?: string } & Record<string, unknown> & { charge?: Charge; refund?: { id: string } };
}

interface Charge {
  id: string;
  orderId: string;
  status: string;
  amount: { currency: string; minor: number };
}

/** Billing on a real database. */
export type Bench = Awaited<ReturnType<typeof openBench>>;

/** A charge request with a key and order of its own; `change` overrides any part. */
export function newCharge(change: Partial<ChargeInput> = {}): ChargeInput {
  return { key: randomUUID(), orderId: randomUUID(), minor: 129_900, paymentMethod: 'tok_visa', ...change };
}

type BenchOptions = { version?: Version; bankUrl?: string };

/** Sets a bench up over an empty or used database, and waits for its tables; `bankUrl`: the provider's database, else a new one. */
export async function openBench(databaseUrl: string, { version = 'v1', bankUrl }: BenchOptions = {}) {
  const bank = bankUrl === undefined ? await freshDatabase() : undefined;
  const env = {
    SERVICE_NAME: 'billing',
    SERVICE_VERSION: version,
    PORT: '0',
    DATABASE_URL: databaseUrl,
    BANK_DATABASE_URL: bankUrl ?? bank!.url,
  };
  const service = createBilling(readConfig(env));
  const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));
  const db = openDatabase({ url: databaseUrl, migrations, name: 'test' });
  await eventually(async () => (await request(service.app).get('/readyz')).status === 200);
  await eventually(() => db.ping().then(() => true));

  let stopped: Promise<void> | undefined;
  /** Stops the service as SIGTERM does; a second call waits for the first. */
  const stopService = () => (stopped ??= service.stop());
  const post = (path: string, headers: Record<string, string>) => request(service.app).post(path).set(headers);

  return {
    service,
    /** A pool of the test's own. */
    db,
    async charge(input: ChargeInput, headers: Record<string, string> = {}): Promise<Answer> {
      const { key, caller, orderId, minor, paymentMethod } = input;
      const sender = caller ? { 'x-forwarded-client-cert': `URI=${caller}` } : {};
      const amount = { currency: 'NOK', minor };
      // No test of a charge is about the time that the whole of it may take, except those that say so.
      const budget = { 'x-request-timeout-ms': '30000' };
      return post('/charges', { 'idempotency-key': key, ...budget, ...sender, ...headers }).send({
        orderId,
        amount,
        paymentMethod,
      });
    },
    async refund(charge: string, minor: number, key: string = randomUUID()): Promise<Answer> {
      const amount = { currency: 'NOK', minor };
      return post(`/charges/${charge}/refunds`, { 'idempotency-key': key }).send({ amount });
    },
    stopService,
    [Symbol.asyncDispose]: async () => {
      await stopService();
      await db.close();
      await bank?.[Symbol.asyncDispose]();
    },
  };
}
