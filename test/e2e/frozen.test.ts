import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { LocalPlace } from '../../places/local/place/connect.ts';
import { parentsFromProc, readProcess, statFields } from '../../places/local/processes/proc.ts';
import { sendSignal } from '../../setup/processes/signal.mjs';
import { type Acknowledged, audit, readBooks, settled } from '../support/audit.ts';
import { type Answer, buy, buyUntilAnswered, purchase } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { processesOf } from '../support/processes.ts';
import { startShop } from '../support/shop.ts';
import { SIZE } from '../support/size.ts';
import { repeat } from '../support/split.ts';

const shop = (await startShop()) as LocalPlace;
// The first requests of a new shop compile its code.
beforeAll(async () => void (await repeat(100, () => buy(shop.url, purchase()))), 60_000);
const frozen: number[] = [];
const thaw = () => frozen.splice(0).forEach((pid) => sendSignal(pid, 'SIGCONT'));
afterEach(thaw);
afterAll(async () => {
  thaw();
  await shop[Symbol.asyncDispose]();
});

/** A process and its descendants: PostgreSQL has one process for each connection. */
function tree(root: number): number[] {
  const parents = [...parentsFromProc()];
  const below = (pid: number): number[] => [
    pid,
    ...parents.filter(([, of]) => of === pid).flatMap(([child]) => below(child)),
  ];
  return below(root);
}

/** The processes of PostgreSQL, or of a service in all its versions. */
function processesOfApp(app: string): number[] {
  const isOfApp = (pid: number, command: string) =>
    app === 'postgres' ? /postgres .*-D/.test(command) : readProcess(pid, 'environ').includes(`SERVICE_NAME=${app}\0`);
  const pids = processesOf(shop.state).flatMap(({ pid, command }) => (isOfApp(pid, command) ? tree(pid) : []));
  expect(pids.length).toBeGreaterThan(0);
  return pids;
}

function freeze(app: string): void {
  for (const pid of processesOfApp(app)) if (sendSignal(pid, 'SIGSTOP')) frozen.push(pid);
}

/** Milliseconds: what the gateway's route gives a checkout, and a little for the machine. */
const LONGEST_MS = 2_500 + 100;

const acknowledged: Acknowledged[] = [];
function remember(customer: string, { body }: Answer): void {
  const order = body['order'] as { id: string; status: string; amount: { minor: number } };
  acknowledged.push({ customer, order: order.id, status: order.status, minor: order.amount.minor });
}

/** Freezes processes under purchases that come all at once; gives the answers, each with its milliseconds. */
async function buyWhileFrozen(app: string) {
  const wanted = Array.from({ length: SIZE.frozen }, () => purchase());
  freeze(app);
  const answers = await Promise.all(
    wanted.map(async (one) => {
      const start = performance.now();
      const answer = await buy(shop.url, one);
      return { wanted: one, answer, ms: performance.now() - start };
    }),
  );
  thaw();
  return answers;
}

test.each([
  ['postgres', /^(504|503) (deadline-exceeded|overloaded|database-unavailable|upstream-)/],
  ['billing', /^504 upstream-timeout/],
  ['recommendations', /^201/],
])(
  'When %s is frozen, then every buyer has the service’s own answer in time, and afterwards all settle and the books agree',
  async (app, expected) => {
    const answers = await buyWhileFrozen(app);
    const said = answers.map(
      ({ answer: { status, body } }) => `${status} ${String(body['code'] ?? body['text'] ?? '')}`,
    );
    expect(said.filter((one) => !expected.test(one))).toEqual([]);
    expect(answers.filter(({ ms }) => ms > LONGEST_MS).map(({ ms }) => ms)).toEqual([]);
    const tries = answers.map(async ({ wanted }) =>
      remember(wanted.customer, await buyUntilAnswered(shop.url, wanted, 30_000)),
    );
    await Promise.all(tries);
    await eventually(async () => settled(await readBooks(shop)), 20_000);
    expect(audit(await readBooks(shop), acknowledged)).toEqual([]);
  },
  90_000,
);

test('When PostgreSQL is frozen, then a service that is stopped ends within its grace', async () => {
  freeze('postgres');
  const before = [...processesOfApp('checkout'), ...processesOfApp('billing')];
  const start = performance.now();
  for (const pid of before) sendSignal(pid, 'SIGTERM');
  await eventually(async () => before.every((pid) => statFields(pid).length === 0), 30_000);
  expect(performance.now() - start).toBeLessThan(25_000);
  thaw();
  await wait(100);
  await eventually(async () => (await buy(shop.url, purchase())).status === 201, 30_000);
}, 90_000);
