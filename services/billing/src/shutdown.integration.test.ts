import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from '@jest/globals';
import { freshDatabase } from '../../../test/support/database.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { type ChargeInput, openBench, newCharge } from './testing/bench.ts';

const database = await freshDatabase();
const bench = await openBench(database.url);
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const rowsOf = (orderId: string) =>
  bench.db.query<{ status: string }>('select status from charges where order_id = $1', [orderId]);

/** Asks for a slow charge over a connection that is cut once the charge is pending. */
async function chargeAndLeave(
  port: number,
  { key, orderId, minor }: ChargeInput,
  pending: () => Promise<unknown>,
): Promise<void> {
  const leaving = new AbortController();
  const asked = fetch(`http://127.0.0.1:${port}/charges`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ orderId, amount: { currency: 'NOK', minor }, paymentMethod: 'tok_slow' }),
    signal: leaving.signal,
  });
  asked.catch(() => undefined);
  await pending();
  leaving.abort();
  await expect(asked).rejects.toThrow(/aborted/);
}

test('When the caller of a slow charge goes away, then it is written all the same', async () => {
  const wanted = newCharge();
  const server = createServer(bench.service.app);
  await new Promise<void>((go) => server.listen(0, go));
  await chargeAndLeave((server.address() as AddressInfo).port, wanted, () =>
    eventually(async () => (await rowsOf(wanted.orderId))[0]?.status === 'pending'),
  );
  await eventually(async () => (await rowsOf(wanted.orderId))[0]?.status === 'succeeded');
  expect(await bench.db.query('select 1 from ledger')).toHaveLength(1);
  await new Promise((go) => server.close(go));
}, 15_000);

test('When the service stops while a payment is under way whose caller has gone, then its outcome is written first', async () => {
  await using other = await freshDatabase();
  await using stopping = await openBench(other.url);
  const { port } = await stopping.service.start();
  const rows = () => stopping.db.query('select status from charges');
  await chargeAndLeave(port, newCharge(), () => eventually(async () => (await rows()).length === 1));
  await stopping.stopService();
  expect(await rows()).toEqual([{ status: 'succeeded' }]);
}, 15_000);
