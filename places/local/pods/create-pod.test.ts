import { afterEach, expect, test } from '@jest/globals';
import { podTemplateOf } from '@tuesday/mesh/manifests';
import { eventually } from '../../../test/support/eventually.ts';
import type { Proxy } from '../envoys/proxy.ts';
import type { ExitStatus, RunningProgram } from '../processes/process.ts';
import { ContainerConfigError } from '../programs/env.ts';
import { deployment } from '../testing/manifests.ts';
import { resource } from '../testing/pod.ts';
import { type PodOptions, createPod } from './create-pod.ts';
import type { Pod } from './pod.ts';

/** No pod of these tests pauses for long. */
const soon = <T>(question: () => T | undefined | false) => eventually(question, 10_000);

const made: Pod[] = [];
afterEach(async () => Promise.all(made.splice(0).map((pod) => pod.stop({ hurry: true }))));

/** A pod of a Deployment whose container has these further lines. */
function podOf(options: Partial<PodOptions> & { container?: string }): Pod {
  const template = podTemplateOf(
    resource(deployment({ container: options.container ?? '' }).replace(/ +readinessProbe.*\n/, '')),
  )!;
  const facts = { name: 'web', namespace: 'shop', template, owner: 'Deployment shop/web', hash: 'h' };
  const pod = createPod({ ...facts, launch: async () => program(), onChange: () => undefined, ...options });
  made.push(pod);
  return pod;
}

/** A program that runs until a signal. */
function program(change: Partial<RunningProgram> = {}): RunningProgram {
  const { promise: exited, resolve } = Promise.withResolvers<ExitStatus>();
  return { pid: undefined, exited, kill: (signal) => resolve({ code: null, signal }), ...change };
}

const reasons = (pod: Pod) => pod.events.list().map(({ type, reason, message }) => `${type} ${reason} ${message}`);

test('When a pod cannot have its ports or its files, then it waits with the reason, and starts once it can', async () => {
  let left = 2;
  const proxyFor = async () => {
    if (left-- > 0) throw new Error('ENOSPC: no space left on device, write');
    return undefined;
  };
  const pod = podOf({ proxyFor });
  await soon(() => pod.reason === 'CreateContainerError');
  expect(pod).toMatchObject({ ready: false, restarts: 0, message: expect.stringMatching(/^ENOSPC/) });
  await soon(() => pod.ready);
  expect(pod).toMatchObject({ reason: 'Running', message: undefined, restarts: 0, failures: 0 });
  expect(pod.events.list()[0]).toMatchObject({ type: 'Warning', reason: 'FailedCreatePodSandBox', count: 2 });
});

test('When a container cannot be created, then that counts no restart, and the reason is the one of Kubernetes', async () => {
  const errors = [new Error('EACCES: permission denied'), new ContainerConfigError('there is no Secret s')];
  const pod = podOf({
    launch: async () => {
      const [next] = errors;
      if (next !== undefined) throw next;
      return program();
    },
  });
  await soon(() => pod.reason === 'CreateContainerError');
  errors.shift();
  await soon(() => pod.reason === 'CreateContainerConfigError');
  errors.shift();
  await soon(() => pod.ready);
  expect(pod).toMatchObject({ restarts: 0, last: undefined });
  expect(reasons(pod)).toEqual([
    'Warning Failed Error: EACCES: permission denied',
    'Warning Failed Error: there is no Secret s',
    'Normal Started Started container app',
  ]);
});

test('When a container ends, then how it has ended stays with the next one, and the pauses grow', async () => {
  const ends: ExitStatus[] = [
    { code: 3, signal: null },
    { code: null, signal: 'SIGKILL' },
  ];
  const pod = podOf({
    launch: async (_pod, restarts) => program(ends[restarts] && { exited: Promise.resolve(ends[restarts]) }),
  });
  await soon(() => pod.reason === 'CrashLoopBackOff');
  expect(pod).toMatchObject({ restarts: 1, last: { exitCode: 137, signal: 9, reason: 'Error' } });
  expect(pod.message).toBe(`back-off 0.25s restarting failed container=app pod=web_shop(${pod.uid})`);
  await soon(() => pod.ready);
  expect(pod).toMatchObject({ restarts: 2, reason: 'Running', last: { exitCode: 137 } });
  expect(reasons(pod)).toContain(
    `Warning BackOff Back-off restarting failed container app in pod web_shop(${pod.uid})`,
  );
});

test('When a probe cannot be sent, then it has failed with that reason', async () => {
  const pod = podOf({
    container:
      '          livenessProbe: { httpGet: { path: /, port: http, httpHeaders: [{ name: A, value: "a\\u0001b" }] }, periodSeconds: 1, failureThreshold: 1 }\n',
  });
  await soon(() => pod.restarts === 1);
  expect(reasons(pod)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Warning Unhealthy Liveness probe failed: .*Invalid character in header content/),
      'Normal Killing Container app failed liveness probe, will be restarted',
    ]),
  );
});

test('When the end of a pod fails in a step, then the other steps follow, and the fault is an event', async () => {
  const freed: string[] = [];
  const release = () => {
    freed.push('files');
    throw new Error('EACCES: permission denied, unlink');
  };
  const launch = () => program();
  const pod = podOf({ proxyFor: async () => ({ kind: 'sidecar', launch, release }) as unknown as Proxy });
  await soon(() => pod.sidecar?.running && pod.running);
  await pod.stop({ hurry: true });
  expect(freed).toEqual(['files']);
  expect(reasons(pod)).toContain('Warning FailedSync Error syncing pod: EACCES: permission denied, unlink');
});

test('When a pod is stopped before it has its ports, then it never starts', async () => {
  const began: number[] = [];
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const pod = podOf({ proxyFor: () => promise, launch: async (_pod, run) => (began.push(run), program()) });
  const stopped = pod.stop();
  resolve(undefined);
  await stopped;
  expect([began, pod.reason]).toEqual([[], 'Terminating']);
});
