import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { query } from '../../../places/query.ts';
import { freshDatabase } from '../../../test/support/database.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { runService } from '../../../test/support/service-process.ts';
import { SIZE } from '../../../test/support/size.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const METHODS = ['tok_slow', 'tok_lost', 'tok_away', 'tok_declined', 'tok_visa', 'tok_visa', 'tok_visa', 'tok_lost'];
const CUSTOMERS = 20;

/** A billing that is started again whenever it has been killed. */
async function startBilling(env: Record<string, string>) {
  let url: string | undefined;
  let stopped = false;
  let child: ReturnType<typeof runService>['child'];
  const run = async (): Promise<void> => {
    while (!stopped) {
      const service = runService(MAIN, { SERVICE_NAME: 'billing', PORT: '0', ...env });
      ({ child } = service);
      // It may be killed before it listens, too.
      url = await service.url().catch(() => undefined);
      const [, signal] = (await service.exit) as [number | null, string | null];
      url = undefined;
      if (signal !== 'SIGKILL') throw new Error(`billing ended by itself: ${service.output.text}`);
    }
  };
  let failure: Error | undefined;
  const running = run().catch((error: Error) => void (failure = error));
  await eventually(async () => url && (await fetch(`${url}/readyz`)).ok, 30_000);
  return {
    /** Undefined while it is not there. Throws when it could not be started again. */
    url: () => {
      if (failure) throw failure;
      return url;
    },
    kill: () => child.kill('SIGKILL'),
    [Symbol.asyncDispose]: async () => {
      stopped = true;
      child.kill('SIGKILL');
      await running;
    },
  };
}

test(`When two billings are killed in the middle of payments and answers are lost, then ${SIZE.payments} charges are each paid once`, async () => {
  await using database = await freshDatabase();
  await using bank = await freshDatabase();
  const env = { DATABASE_URL: database.url, BANK_DATABASE_URL: bank.url };
  await using one = await startBilling(env);
  await using two = await startBilling(env);
  const rows = <Row extends object>(of: string, text: string) => query<Row>(of, [text]);

  const orders = Array.from({ length: SIZE.payments }, (_, index) => ({
    orderId: randomUUID(),
    amount: { currency: 'NOK', minor: 100 + index },
    paymentMethod: METHODS[index % METHODS.length]!,
  }));
  /** Repeats a charge with its key until its answer is final, as checkout does. */
  async function charge(order: (typeof orders)[number], tries = 0): Promise<number> {
    const url = [one, two][(order.amount.minor + tries) % 2]!.url();
    const answer = await fetch(`${url}/charges`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `order-${order.orderId}` },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(5_000),
    }).catch(() => undefined);
    await answer?.text();
    if (answer?.status === 201 || answer?.status === 402) return answer.status;
    await wait(200);
    return charge(order, tries + 1);
  }

  let killed = 0;
  const done = new AbortController();
  const killing = (async () => {
    for (let turn = 0; !done.signal.aborted; turn++) {
      await wait(700, undefined, { signal: done.signal }).catch(() => undefined);
      const pending = await rows<{ id: string }>(database.url, `select id from charges where status = 'pending'`);
      const paid = new Set((await rows<{ id: string }>(bank.url, 'select id from payments')).map(({ id }) => id));
      // In the middle of a payment: the provider has it, and the charge does not know yet.
      if (pending.some(({ id }) => paid.has(id)) && killed < SIZE.paymentDeaths && [one, two][turn % 2]!.kill())
        killed++;
    }
  })();
  const queue = orders.values();
  const statuses: number[] = [];
  await Promise.all(
    Array.from({ length: CUSTOMERS }, async () => {
      for (const order of queue) statuses.push(await charge(order));
    }),
  );
  done.abort();
  await killing;

  type Charge = { id: string; status: string; minor: number };
  const charges = await rows<Charge>(database.url, 'select id, status, amount_minor::int as minor from charges');
  type Payment = Charge & { asked: number };
  const payments = await rows<Payment>(bank.url, 'select id, status, amount_minor::int as minor, asked from payments');
  const booked = await rows(database.url, 'select 1 from ledger');
  const repeated = payments.filter(({ asked }) => asked > 1).length;
  const byId = (rowsOfBook: Charge[]) =>
    rowsOfBook.map(({ id, status, minor }) => `${id} ${status} ${minor}`).toSorted();
  expect(byId(payments)).toEqual(byId(charges));
  expect([charges.length, booked.length]).toEqual([
    SIZE.payments,
    charges.filter(({ status }) => status === 'succeeded').length,
  ]);
  expect(killed).toBe(SIZE.paymentDeaths);
  // Lost answers alone are a quarter; what is above comes from the deaths.
  expect(repeated).toBeGreaterThan(SIZE.payments / 4);
}, 600_000);
