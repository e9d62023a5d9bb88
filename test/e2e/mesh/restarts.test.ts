import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, type Purchase, buy, buyUntilAnswered, purchase, send } from '../../support/customer.ts';
import { eventually } from '../../support/eventually.ts';
import { startShop } from '../../support/shop.ts';
import { SIZE } from '../../support/size.ts';

const shop = await startShop();
const LIMIT = 600_000;
const deployments = (await shop.command('get', 'deployments', '-o', 'name')).trim().split('\n');
const nameOf = (deployment: string) => deployment.split('/')[1]!;

/** One request under load: what was asked, when, and what came of it. */
interface Sample {
  what: string;
  at: string;
  answer: Answer;
  wanted?: Purchase;
}
let [reads, orders] = [0, 0];

beforeAll(() => scale(2), LIMIT);
afterAll(async () => {
  await scale(1);
  await shop[Symbol.asyncDispose]();
}, LIMIT);

/** Gives every Deployment that many pods, one after the other, and returns when they serve and the others are gone. */
async function scale(replicas: number): Promise<void> {
  for (const deployment of deployments) {
    await shop.command('scale', deployment, `--replicas=${replicas}`);
    await shop.command('rollout', 'status', deployment, '--timeout=180s');
  }
  await eventually(async () => (await podsOf(...deployments)).length === deployments.length * replicas, 120_000);
  await calm();
}

/** Returns when ten answers in a row came soon: starting pods takes the whole machine for a while. */
async function calm(): Promise<void> {
  let inARow = 0;
  await eventually(async () => {
    const start = performance.now();
    const { status } = await buy(shop.url, purchase());
    inARow = status === 201 && performance.now() - start < 500 ? inARow + 1 : 0;
    return inARow === 10;
  }, 180_000);
}
/** Those on their way out too, as pod/NAME. */
async function podsOf(...of: string[]): Promise<string[]> {
  const pods = (await shop.command('get', 'pods', '-o', 'name')).trim().split('\n');
  return pods.filter((pod) => of.some((deployment) => pod.startsWith(`pod/${nameOf(deployment)}-`)));
}
async function podOf(deployment: string) {
  const pods = (await shop.pods()).filter(({ name }) => name.startsWith(`${nameOf(deployment)}-`));
  return pods.sort((one, other) => one.name.localeCompare(other.name))[0]!;
}

// The gateway's container is Envoy itself: nobody inside could tell it to die.
const apps = deployments.filter((deployment) => nameOf(deployment) !== 'gateway');
/** Requests of each test at the least, so that all of them together are enough. */
const ENOUGH = SIZE.restartRequests / (1 + 2 * deployments.length + apps.length);

/** Customers read and buy, whatever the answers, until `action` has ended, two seconds more, and until it is enough. */
async function whileLoaded(action: () => Promise<void>): Promise<{ reads: Sample[]; orders: Sample[] }> {
  const samples: Promise<Sample>[] = [];
  const ask = (what: string, call: () => Promise<Answer>, wanted?: Purchase) => {
    const at = new Date().toISOString();
    samples.push(call().then((answer) => ({ what, at, answer, ...(wanted && { wanted }) })));
  };
  const paths = ['/api/products', '/api/recommendations?sku=tent-2p'];
  let turn = 0;
  const reading = setInterval(() => {
    const path = paths[turn++ % 2]!;
    ask(path, () => send(`${shop.url}${path}`));
  }, 1_000 / SIZE.readsPerSecond);
  const buying = setInterval(() => {
    const wanted = purchase();
    ask('POST /api/checkout', () => buy(shop.url, wanted), wanted);
  }, 1_000 / SIZE.checkoutsPerSecond);
  try {
    await action();
    await wait(2_000);
    while (samples.length < ENOUGH) await wait(100);
  } finally {
    clearInterval(reading);
    clearInterval(buying);
  }
  const all = await Promise.all(samples);
  return { reads: all.filter(({ wanted }) => !wanted), orders: all.filter(({ wanted }) => wanted) };
}

const failed = (samples: Sample[]) =>
  samples
    .filter(({ answer, wanted }) => answer.status !== (wanted ? 201 : 200))
    .map(({ what, at, answer: { status, body } }) => `${at} ${what}: ${status} ${JSON.stringify(body)}`);

function say(what: string, load: { reads: Sample[]; orders: Sample[] }): void {
  const counted = (samples: Sample[]) => `${failed(samples).length} of ${samples.length}`;
  const some = [...failed(load.reads), ...failed(load.orders)].slice(0, 5).map((line) => `\n  ${line}`);
  console.info(`${what}: failed ${counted(load.reads)} reads, ${counted(load.orders)} checkouts${some.join('')}`);
  reads += load.reads.length;
  orders += load.orders.length;
}

async function restart(deployment: string): Promise<void> {
  const before = await podsOf(deployment);
  await shop.command('rollout', 'restart', deployment);
  await shop.command('rollout', 'status', deployment, '--timeout=180s');
  await shop.command('wait', '--for=delete', ...before, '--timeout=60s');
}

async function deletePod(deployment: string): Promise<void> {
  const { name } = await podOf(deployment);
  await shop.command('delete', 'pod', name, '--timeout=60s');
  await shop.command('rollout', 'status', deployment, '--timeout=180s');
}

async function killPod(deployment: string): Promise<void> {
  const { name, restarts } = await podOf(deployment);
  await shop.kill(name);
  await eventually(async () => {
    const pod = (await shop.pods()).find((one) => one.name === name);
    return pod && pod.restarts > restarts && pod.ready;
  }, 90_000);
}

test(
  'When the canary goes to 50/50 and back, then no request fails',
  async () => {
    const load = await whileLoaded(async () => {
      for (let round = 0; round < 5; round++) {
        await shop.apply('istio/canary/50.yaml');
        await shop.apply('istio/base/recommendations.yaml');
      }
    });
    say('50/50 and back, five times', load);
    expect([failed(load.reads), failed(load.orders)]).toEqual([[], []]);
  },
  LIMIT,
);

test.each(deployments)(
  'When %s is restarted in a rolling way, then no request fails',
  async (deployment) => {
    const load = await whileLoaded(() => restart(deployment));
    say(`rolling restart of ${deployment}`, load);
    expect([failed(load.reads), failed(load.orders)]).toEqual([[], []]);
  },
  LIMIT,
);

test.each(deployments)(
  'When a pod of %s is deleted, then no request fails',
  async (deployment) => {
    const load = await whileLoaded(() => deletePod(deployment));
    say(`deleted pod of ${deployment}`, load);
    expect([failed(load.reads), failed(load.orders)]).toEqual([[], []]);
  },
  LIMIT,
);

test.each(apps)(
  'When a container of %s is killed, then no read fails and each order is made',
  async (deployment) => {
    const load = await whileLoaded(() => killPod(deployment));
    say(`killed container of ${deployment}`, load);
    expect(failed(load.reads)).toEqual([]);
    for (const { wanted, answer } of load.orders)
      if (answer.status !== 201) expect((await buyUntilAnswered(shop.url, wanted!)).status).toBe(201);
  },
  LIMIT,
);

test('When all of that is counted, then it was enough to tell', () => {
  console.info(`in all: ${reads} reads and ${orders} checkouts`);
  expect(reads + orders).toBeGreaterThanOrEqual(SIZE.restartRequests);
});

test(
  'When there is one replica of each, then something fails until the next pod serves, and nothing after',
  async () => {
    await scale(1);
    const killed = await whileLoaded(() => killPod('deployment.apps/recommendations-v1'));
    say('one replica, killed container of recommendations-v1', killed);
    const deleted = await whileLoaded(() => deletePod('deployment.apps/recommendations-v1'));
    say('one replica, deleted pod of recommendations-v1', deleted);
    // The control: this load notices a service that is not there.
    expect(failed([...killed.reads, ...deleted.reads])).not.toEqual([]);
    const after = await whileLoaded(async () => undefined);
    expect([failed(after.reads), failed(after.orders)]).toEqual([[], []]);
  },
  LIMIT,
);
