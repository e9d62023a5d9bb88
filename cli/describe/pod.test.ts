import { expect, test } from '@jest/globals';
import type { EventObject, PodObject } from '../shop/objects.ts';
import { fakeShop } from '../testing/fake-shop.ts';
import { NOW, pod } from '../testing/objects.ts';
import { runCli } from '../testing/run-cli.ts';

const [startedAt, finishedAt] = ['2026-11-24T10:00:00Z', '2026-11-24T10:04:30Z'];
const crashed: PodObject = pod('billing', 'v1', { restarts: 2, ready: false });
const [container] = crashed.status.containerStatuses!;
container!.state = {
  waiting: { reason: 'CrashLoopBackOff', message: 'back-off 1s restarting failed container=billing' },
};
container!.lastState = { terminated: { exitCode: 137, signal: 9, reason: 'Error', startedAt, finishedAt } };

const event = (name: string, facts: Partial<EventObject>): EventObject => ({
  kind: 'Event',
  metadata: { name: `${name}.0`, namespace: 'shop' },
  involvedObject: { kind: 'Pod', name },
  type: 'Warning',
  reason: 'BackOff',
  message: 'Back-off restarting failed container billing',
  count: 1,
  firstTimestamp: startedAt,
  lastTimestamp: finishedAt,
  ...facts,
});
const { name } = crashed.metadata;
const events = [
  event(name, { count: 4 }),
  event(name, { type: 'Normal', reason: 'Started', message: 'Started container billing' }),
  event('another', { message: 'of another pod' }),
];

test('When a pod was restarted, then describe shows how its last run ended, and its events', async () => {
  await using shop = await fakeShop({}, [crashed, ...events]);
  const { out } = await runCli({ state: shop.state, now: NOW }, 'describe', 'pod', 'billing');
  const lines = out.split('\n').map((line) => line.trim().replace(/ {2,}/g, '  '));
  expect(lines.slice(lines.indexOf('State:  Waiting'))).toEqual([
    'State:  Waiting',
    'Reason:  CrashLoopBackOff',
    'Message:  back-off 1s restarting failed container=billing',
    'Last State:  Terminated',
    'Reason:  Error',
    'Exit Code:  137',
    'Signal:  9',
    `Started:  ${startedAt}`,
    `Finished:  ${finishedAt}`,
    'Ready:  False',
    'Restart Count:  2',
    'Events:',
    'Type  Reason  Age  From  Message',
    '----  ------  ---  ----  -------',
    'Warning  BackOff  30s (x4 over 5m)  Back-off restarting failed container billing',
    'Normal  Started  30s  Started container billing',
    '',
  ]);
});

test('When nothing has happened to a pod, then describe says so', async () => {
  await using shop = await fakeShop({}, [crashed]);
  expect((await runCli({ state: shop.state, now: NOW }, 'describe', 'pod', 'billing')).out).toMatch(
    /\nEvents: +<none>\n$/,
  );
});

test('When a pod was restarted, then get says how long ago, and why it waits', async () => {
  await using shop = await fakeShop({}, [crashed]);
  const { out } = await runCli({ state: shop.state, now: NOW }, 'get', 'pods');
  expect(out.split('\n')[1]).toMatch(/ 0\/1 +CrashLoopBackOff +2 \(30s ago\) +5m$/);
});
