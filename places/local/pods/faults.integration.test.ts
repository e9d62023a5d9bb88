import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../../test/support/eventually.ts';
import { deployment, service } from '../testing/manifests.ts';
import { INJECTED, gatewayTo, testEnvoy } from '../testing/mesh.ts';
import { type TestRunner, startTestRunner } from '../testing/runner.ts';

let shop: TestRunner;
beforeAll(async () => {
  shop = await startTestRunner([INJECTED, deployment(), service('web'), gatewayTo('web')], testEnvoy());
}, 60_000);
afterAll(async () => shop[Symbol.asyncDispose]());

interface Status {
  ready: boolean;
  restartCount: number;
  state: Record<string, { reason?: string; message?: string }>;
  lastState?: { terminated: object };
}

/** A StatefulSet of the stub program: its pod has the name `NAME-0`, so a test can take the place of its files before it exists. */
const set = (name: string, container = '') =>
  deployment({ app: name, name, container })
    .replace('kind: Deployment', 'kind: StatefulSet')
    .replace(/strategy:.*/, `serviceName: ${name}`);

const apply = (text: string) => shop.ask('POST /apply', { files: [{ name: 'faults.yaml', text }], namespace: 'shop' });

async function statusOf(pod: string): Promise<Status | undefined> {
  const { body } = await shop.ask<{ status: { containerStatuses: Status[] } }[]>(`GET /resources?kind=Pod&name=${pod}`);
  return body[0]?.status.containerStatuses[0];
}

const waitingFor = (pod: string) => async () => (await statusOf(pod))?.state['waiting'];

async function eventsOf(pod: string): Promise<string[]> {
  const { body } = await shop.ask<{ reason: string; message: string; involvedObject: { name: string } }[]>(
    'GET /resources?kind=Event&namespace=shop',
  );
  return body
    .filter(({ involvedObject }) => involvedObject.name === pod)
    .map(({ reason, message }) => `${reason} ${message}`);
}

const warnings = async () => (await shop.ask<{ warnings: string[] }>('GET /status')).body.warnings;

/** Whether the shop serves through its gateway. */
async function serves(): Promise<boolean> {
  return (await fetch(`${shop.runner.url}/who`)).status === 200;
}

const isReady = (pod: string) => () => shop.runner.pods.find('shop', pod)?.ready;

test.each([
  [
    'the file of its network',
    'late-a',
    'FailedCreatePodSandBox',
    (pod: string) => join('network', `${pod}-0.json.new`),
  ],
  ['the folder of its logs', 'late-b', 'Failed', (pod: string) => join('logs', `${pod}-0`)],
])(
  'When %s cannot be written, then the pod waits with the reason, all others serve, and it starts once it can',
  async (_, name, reason, path) => {
    const file = join(shop.state, path(name));
    // A folder cannot be written as a file, nor a file be entered as a folder, by whichever user.
    if (reason === 'Failed') writeFileSync(file, '');
    else mkdirSync(file);
    await apply(set(name));
    const { reason: shown, message } = await eventually(async () => {
      const waiting = await waitingFor(`${name}-0`)();
      return waiting?.message === undefined ? undefined : waiting;
    });
    expect([shown, message]).toEqual(['CreateContainerError', expect.stringMatching(/^E(ISDIR|EXIST|NOTDIR): /)]);
    expect((await eventsOf(`${name}-0`)).join('\n')).toContain(`${reason} `);
    expect(await warnings()).toContainEqual(expect.stringContaining(`Pod shop/${name}-0: CreateContainerError: `));
    expect(await serves()).toBe(true);
    rmSync(file, { recursive: true });
    await eventually(isReady(`${name}-0`));
    expect(await statusOf(`${name}-0`)).toMatchObject({ ready: true, restartCount: 0 });
    expect(await warnings()).toEqual([]);
  },
);

test('When the file of a pod that runs cannot be replaced, then those of the others are, and it gets the news later', async () => {
  // In this order: the file that is blocked is written before the other one.
  for (const name of ['runs-a', 'runs-b']) {
    await apply(set(name));
    await eventually(isReady(`${name}-0`));
  }
  const blocked = join(shop.state, 'network', 'runs-a-0.json.new');
  mkdirSync(blocked);
  await apply(service('runs-b', 81));
  expect(await eventually(warnings)).toEqual([
    expect.stringMatching(/^Writing the files of the network failed: EISDIR/),
  ]);
  /** Whether a pod knows the new Service. */
  const knows = async (name: string) => {
    const { body } = await shop.pod<{ body?: string }>(name, '/call?url=http%3A%2F%2Fruns-b%3A81%2Fwho');
    return body?.includes('"version"') ?? false;
  };
  await eventually(() => knows('runs-b'), 10_000);
  expect(await knows('runs-a')).toBe(false);
  rmdirSync(blocked);
  await eventually(async () => (await warnings()).length === 0);
  await eventually(() => knows('runs-a'));
});

// Only root may mount a file system that is small enough to be filled.
if (process.platform === 'linux' && process.getuid?.() === 0)
  test('When the disk is full, then a new pod waits until there is room, and the others serve', async () => {
    const logs = join(shop.state, 'network');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', logs]);
    try {
      expect(() => writeFileSync(join(logs, 'filler'), Buffer.alloc(1_000_000))).toThrow('ENOSPC');
      await apply(set('full'));
      await eventually(async () =>
        (await waitingFor('full-0')())?.message?.startsWith('ENOSPC: no space left on device'),
      );
      expect(await serves()).toBe(true);
      rmSync(join(logs, 'filler'));
      await eventually(isReady('full-0'));
    } finally {
      execFileSync('umount', ['-l', logs]);
    }
    await shop.ask('POST /delete', { refs: [{ kind: 'StatefulSet', namespace: 'shop', name: 'full' }] });
    await eventually(() => shop.runner.pods.find('shop', 'full-0') === undefined);
  });

test('When a Secret is missing, then the pod waits for it without a restart, and starts when it is applied', async () => {
  await apply(set('keyed', '          envFrom: [{ secretRef: { name: key } }]\n'));
  const waiting = await eventually(async () => {
    const state = await waitingFor('keyed-0')();
    return state?.message === undefined ? undefined : state;
  });
  expect(waiting).toEqual({ reason: 'CreateContainerConfigError', message: 'there is no Secret key' });
  await eventually(async () => (await eventsOf('keyed-0')).includes('Failed Error: there is no Secret key'));
  await apply('apiVersion: v1\nkind: Secret\nmetadata: { name: key }\nstringData: { A: b }\n');
  await eventually(isReady('keyed-0'));
  expect(await statusOf('keyed-0')).toMatchObject({ restartCount: 0, state: { running: {} } });
  expect(await statusOf('keyed-0')).not.toHaveProperty('lastState');
});

test.each([
  ['SIGKILL', { exitCode: 137, signal: 9, reason: 'Error' }],
  ['SIGTERM', { exitCode: 0, reason: 'Completed' }],
])('When a container gets %s, then its pod says how the run has ended', async (signal, ended) => {
  const pod = await eventually(() =>
    shop.runner.pods.all().find(({ ready, labels }) => ready && labels['app'] === 'web'),
  );
  const before = pod.restarts;
  await shop.ask(`POST /pods/shop/${pod.name}/kill`, { signal });
  await eventually(() => pod.restarts === before + 1 && pod.ready);
  expect(await statusOf(pod.name)).toMatchObject({
    restartCount: before + 1,
    state: { running: {} },
    lastState: { terminated: { ...ended, startedAt: expect.any(String), finishedAt: expect.any(String) } },
  });
});

test('When a rollout stands still for its deadline, then its status says so', async () => {
  const broken = deployment({ app: 'stuck' }).replace('/healthz', '/nothing');
  await apply(broken.replace('  replicas:', '  progressDeadlineSeconds: 1\n  replicas:'));
  const status = () => shop.ask<object>('GET /rollout/status?kind=Deployment&namespace=shop&name=stuck-v1');
  expect((await status()).body).toMatchObject({ done: false, message: expect.stringMatching(/^Waiting/) });
  await eventually(async () => 'failed' in (await status()).body);
  expect((await status()).body).toEqual({
    done: false,
    failed: true,
    message: 'deployment "stuck-v1" exceeded its progress deadline',
  });
  const { body } = await shop.ask<{ status: { conditions: object[] } }[]>(
    'GET /resources?kind=Deployment&name=stuck-v1',
  );
  expect(body[0]?.status.conditions).toContainEqual(
    expect.objectContaining({ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }),
  );
});

test('When a StatefulSet is scaled down, then its pods end one after the other, from the last', async () => {
  const ref = { kind: 'StatefulSet', namespace: 'shop', name: 'row' };
  await apply(set('row').replace('replicas: 1', 'replicas: 3'));
  await eventually(isReady('row-2'));
  const left = () => [0, 1, 2].filter((index) => shop.runner.pods.find('shop', `row-${index}`));
  const seen = new Set([left().join('')]);
  const watch = setInterval(() => seen.add(left().join('')), 1);
  await shop.ask('POST /scale', { ref, replicas: 0 });
  await eventually(() => left().length === 0);
  clearInterval(watch);
  expect([...seen].filter(Boolean)).toEqual(['012', '01', '0']);
});
