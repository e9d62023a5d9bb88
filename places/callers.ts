import { stringify } from 'yaml';
import type { Outcome, Probe } from './probe.ts';
import { NAMESPACE } from './repository.ts';

/** The identity of a request's sender: a service account of the shop's namespace, with a sidecar, or one of two pods without. */
export type Caller = { account: string } | 'pod without sidecar' | 'uninjected namespace';

/** Pods that send requests inside the shop's network. */
export interface Callers {
  /** Starts a pod for each caller; returns when all are ready. */
  start(...callers: Caller[]): Promise<void>;
  /** Deletes the callers' pods; one that does not exist is no error. */
  stop(...callers: Caller[]): Promise<void>;
  /** Runs probes in a caller's pod, which must be started; gives their outcomes in the same order. */
  probe(caller: Caller, probes: readonly Probe[]): Promise<Outcome[]>;
}

/** A namespace that has no label for injection. */
const OUTSIDE = 'outside-the-mesh';

/** A caller's pod: where it runs, and as which service account. */
export interface CallerPod {
  name: string;
  namespace: string;
  account: string;
  labels: Record<string, string>;
}

export function callerPod(caller: Caller): CallerPod {
  if (caller === 'uninjected namespace')
    return { name: 'caller-outside', namespace: OUTSIDE, account: 'default', labels: {} };
  if (caller === 'pod without sidecar') {
    const labels = { 'sidecar.istio.io/inject': 'false' };
    return { name: 'caller-plain', namespace: NAMESPACE, account: 'checkout', labels };
  }
  const { account } = caller;
  return { name: `caller-${account}`, namespace: NAMESPACE, account, labels: {} };
}

/** YAML of the callers' pods, each as `manifest` writes it, after the namespace that they need and the shop does not have. */
export function callerManifests(pods: readonly CallerPod[], manifest: (pod: CallerPod) => object): string {
  const isOutside = pods.some(({ namespace }) => namespace === OUTSIDE);
  const namespaces = isOutside ? [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: OUTSIDE } }] : [];
  return [...namespaces, ...pods.map(manifest)].map((document) => stringify(document)).join('---\n');
}

/** A container that waits: an image of the shop, in which Node can run a probe. */
export const IDLE = {
  image: 'tuesday.local/storefront:dev',
  command: ['node', '-e', 'setInterval(() => undefined, 1e6)'],
};

/** The command that reads PROBE_PROGRAM from standard input and runs it with these probes. */
export const probeCommand = (probes: readonly Probe[]) => [
  'env',
  `PROBES=${JSON.stringify(probes)}`,
  'node',
  '--input-type=module',
  '-',
];
