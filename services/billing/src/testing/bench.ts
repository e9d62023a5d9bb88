import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Database, type Service, type Version, openDatabase } from '@tuesday/service';
import request from 'supertest';
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
export interface Bench extends AsyncDisposable {
  service: Service;
  /** A pool of the test's own. */
  db: Database;
  charge(input: ChargeInput, headers?: Record<string, string>): Promise<Answer>;
  refund(charge: string, minor: number, key?: string): Promise<Answer>;
  /** Stops the service as SIGTERM does; a second call waits for the first. */
  stopService(): Promise<void>;
}

/** A charge request with a key and order of its own; `change` overrides any part. */
export function newCharge(change: Partial<ChargeInput> = {}): ChargeInput {
  return { key: randomUUID(), orderId: randomUUID(), minor: 129_900, paymentMethod: 'tok_visa', ...change };
}

/** Sets a bench up over an empty or used database, and waits for its tables. */
export async function openBench(databaseUrl: string, version: Version = 'v1'): Promise<Bench> {
  const env = { SERVICE_NAME: 'billing', SERVICE_VERSION: version, PORT: '0', DATABASE_URL: databaseUrl };
  const service = createBilling(readConfig(env));
  const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));
  const db = openDatabase({ url: databaseUrl, migrations, name: 'test' });
  while ((await request(service.app).get('/readyz')).status !== 200) await new Promise((go) => setTimeout(go, 20));
  while (
    await db.ping().then(
      () => false,
      () => true,
    )
  )
    await new Promise((go) => setTimeout(go, 20));

  let stopped: Promise<void> | undefined;
  const stopService = () => (stopped ??= service.stop());

  return {
    service,
    db,
    charge: async function charge({ key, caller, orderId, minor, paymentMethod }, headers = {}) {
      const sender = caller ? { 'x-forwarded-client-cert': `URI=${caller}` } : {};
      return request(service.app)
        .post('/charges')
        .set({ 'idempotency-key': key, ...sender, ...headers })
        .send({ orderId, amount: { currency: 'NOK', minor }, paymentMethod });
    },
    refund: async function refund(charge, minor, key = randomUUID()) {
      return request(service.app)
        .post(`/charges/${charge}/refunds`)
        .set('idempotency-key', key)
        .send({ amount: { currency: 'NOK', minor } });
    },
    stopService,
    [Symbol.asyncDispose]: async () => {
      await stopService();
      await db.close();
    },
  };
}
