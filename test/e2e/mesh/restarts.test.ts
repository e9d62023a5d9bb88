import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buy, buyUntilAnswered, purchase } from '../../support/customer.ts';
import { eventually } from '../../support/eventually.ts';
import { PLACE, startShop } from '../../support/shop.ts';
import { SIZE } from '../../support/size.ts';
import { failedOf, report, failureLines, trafficDuring } from '../../support/traffic.ts';

const shop = await startShop();
const LIMIT = 600_000;
const deployments = (await shop.command('get', 'deployments', '-o', 'name')).trim().split('\n');
const V1 = 'deployment.apps/recommendations-v1';
const nameOf = (deployment: string) => deployment.split('/')[1]!;

const deploymentsLike = (which = /./) => deployments.filter((deployment) => which.test(nameOf(deployment)));
const [restarted, deleted] = [deploymentsLike(SIZE.restarted), deploymentsLike(SIZE.deleted)];

/** The number of all requests of this file. */
let asked = 0;

beforeAll(() => scale(2), LIMIT);
afterAll(async () => {
  await scale(1);
  await shop[Symbol.asyncDispose]();
}, LIMIT);

/** Scales every tested Deployment, and returns when its pods are ready and the others are gone. */
async function scale(replicas: number): Promise<void> {
  const touched = [...new Set([...restarted, ...deleted])];
  for (const deployment of touched) {
    await shop.command('scale', deployment, `--replicas=${replicas}`);
    if (PLACE !== 'local') await done(deployment); // one by one, because starting a pod takes seconds of all CPUs
  }
  for (const deployment of touched) await done(deployment);
  await eventually(async () => (await podsOf(...touched)).length === touched.length * replicas, 120_000);
  await untilFast();
}

/** Returns when ten answers in a row were fast: starting pods uses all CPUs for a while. */
async function untilFast(): Promise<void> {
  let inARow = 0;
  await eventually(async () => {
    const start = performance.now();
    const { status } = await buy(shop.url, purchase());
    inARow = status === 201 && performance.now() - start < 500 ? inARow + 1 : 0;
    return inARow === 10;
  }, 180_000);
}
/** The names of the pods, terminating ones too. */
async function podsOf(...of: string[]): Promise<string[]> {
  const names = (await shop.pods()).map(({ name }) => name);
  return names.filter((name) => of.some((deployment) => name.startsWith(`${nameOf(deployment)}-`)));
}
const done = (deployment: string) => shop.command('rollout', 'status', deployment, '--timeout=180s');
const gone = (pods: string[]) =>
  eventually(async () => !(await podsOf(...deployments)).some((pod) => pods.includes(pod)), 60_000);
async function podOf(deployment: string) {
  const pods = (await shop.pods()).filter(({ name }) => name.startsWith(`${nameOf(deployment)}-`));
  return pods.sort((one, other) => one.name.localeCompare(other.name))[0]!;
}

// The gateway's container is only Envoy: it has no program that could kill it from inside.
const killed = deleted.filter((deployment) => nameOf(deployment) !== 'gateway');
/** The minimum of requests of each test, so that all together are enough. */
const ENOUGH = SIZE.restartRequests / (1 + restarted.length + deleted.length + killed.length);

async function whileLoaded(what: string, action: () => Promise<void>) {
  const traffic = await trafficDuring(shop.url, action, { enough: ENOUGH });
  report(what, traffic);
  asked += traffic.reads.length + traffic.orders.length;
  return traffic;
}

async function restart(deployment: string): Promise<void> {
  const before = await podsOf(deployment);
  await shop.command('rollout', 'restart', deployment);
  await done(deployment);
  await gone(before);
}

async function deletePod(deployment: string): Promise<void> {
  const { name } = await podOf(deployment);
  await shop.command('delete', 'pod', name);
  await done(deployment);
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
  'When the canary changes to 50/50 and back, then no request fails',
  async () => {
    const load = await whileLoaded('50/50 and back, five times', async () => {
      for (let round = 0; round < 5; round++) {
        await shop.apply('istio/canary/50.yaml');
        await shop.apply('istio/base/recommendations.yaml');
      }
    });
    expect(failureLines([...load.reads, ...load.orders])).toEqual([]);
  },
  LIMIT,
);

test.each(restarted)(
  'When %s has a rolling restart, then no request fails',
  async (deployment) => {
    const load = await whileLoaded(`rolling restart of ${deployment}`, () => restart(deployment));
    expect(failureLines([...load.reads, ...load.orders])).toEqual([]);
  },
  LIMIT,
);

test.each(deleted)(
  'When a pod of %s is deleted, then no request fails',
  async (deployment) => {
    const load = await whileLoaded(`deleted pod of ${deployment}`, () => deletePod(deployment));
    expect(failureLines([...load.reads, ...load.orders])).toEqual([]);
  },
  LIMIT,
);

test.each(killed)(
  'When a container of %s is killed, then no read fails and each order is made',
  async (deployment) => {
    const load = await whileLoaded(`killed container of ${deployment}`, () => killPod(deployment));
    expect(failureLines(load.reads)).toEqual([]);
    for (const { wanted } of failedOf(load.orders))
      expect((await buyUntilAnswered(shop.url, wanted!)).status).toBe(201);
  },
  LIMIT,
);

test('When all requests of these tests are counted, then they are enough', () => {
  console.info(`in all: ${asked} requests`);
  expect(asked).toBeGreaterThanOrEqual(SIZE.restartRequests);
});

test(
  'When there is one replica of each, then requests fail until the next pod is ready, and none after',
  async () => {
    await scale(1);
    const kill = await whileLoaded('one replica, killed container of recommendations-v1', () => killPod(V1));
    const removal = await whileLoaded('one replica, deleted pod of recommendations-v1', () => deletePod(V1));
    // The control: this load detects a missing service.
    expect(failedOf([...kill.reads, ...removal.reads])).not.toEqual([]);
    const after = await whileLoaded('one replica, left alone', async () => undefined);
    expect(failureLines([...after.reads, ...after.orders])).toEqual([]);
  },
  LIMIT,
);
