import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalPlace } from '../../places/local/place/connect.ts';
import { startLocalPlace } from '../../places/local/place/start.ts';
import { buy, purchase } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';

let shop: LocalPlace;
beforeAll(async () => {
  shop = await startLocalPlace({ env: process.env });
}, 120_000);
afterAll(() => shop[Symbol.asyncDispose]());

/** A second trace store, which no one calls: the name of its pod is known before it exists. */
const SPARE = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: spare }
spec:
  selector: { matchLabels: { app: spare } }
  template:
    metadata: { labels: { app: spare } }
    spec: { containers: [{ name: spare, image: 'jaegertracing/jaeger:2.10.0', ports: [{ containerPort: 16686 }] }] }
`;

/** Buys without a pause until stop, and gives the statuses of the answers. */
function buyAllTheTime(): { stop(): Promise<number[]> } {
  const statuses: number[] = [];
  let isOver = false;
  const bought = (async () => {
    while (!isOver) {
      statuses.push((await buy(shop.url, purchase())).status);
      await wait(50);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await bought;
      return statuses;
    },
  };
}

test('When a pod cannot be written, then it says why, the shop goes on selling, and the pod starts once it can', async () => {
  const blocked = join(shop.state, 'network', 'spare-0.json.new');
  const buying = buyAllTheTime();
  mkdirSync(blocked);
  const file = join(shop.state, 'spare.yaml');
  writeFileSync(file, SPARE);
  await shop.command('apply', '-f', file);
  await eventually(async () => /spare-0 +0\/1 +CreateContainerError +0 /.test(await shop.command('get', 'pods')));
  expect(await shop.command('describe', 'pod', 'spare-0')).toMatch(
    /Reason: +CreateContainerError\n +Message: +EISDIR: .*\n(.*\n)*Events:\n(.*\n)* +Warning +FailedCreatePodSandBox .* EISDIR: /,
  );
  expect(await shop.command('status')).toMatch(/Warning: Pod shop\/spare-0: CreateContainerError: EISDIR: /);
  rmdirSync(blocked);
  await shop.command('rollout', 'status', 'statefulset/spare');
  await shop.command('delete', '-f', file);
  const statuses = await buying.stop();
  expect([statuses.length > 5, [...new Set(statuses)]]).toEqual([true, [201]]);
}, 120_000);

test('When a container is killed, then get, describe and the logs say what became of its last run', async () => {
  const { name } = (await shop.pods()).find(({ labels }) => labels['app'] === 'storefront')!;
  await shop.command('kill', name);
  await shop.command('rollout', 'status', 'deploy/storefront');
  expect(await shop.command('get', 'pods')).toMatch(new RegExp(`${name} +2/2 +Running +1 \\(\\d+s ago\\)`));
  expect(await shop.command('describe', 'pod', name)).toMatch(
    /Last State: +Terminated\n +Reason: +Error\n +Exit Code: +137\n +Signal: +9\n/,
  );
  expect(await shop.command('logs', '--previous', name)).toMatch(/listening|started|ready/i);
}, 60_000);
