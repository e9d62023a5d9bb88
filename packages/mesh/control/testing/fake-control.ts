import { setImmediate as turn } from 'node:timers/promises';
import type { Endpoints } from '../../envoy/endpoints.ts';
import { ROOT_NAMESPACE } from '../../manifests/mesh-config.ts';
import { createPlane, type PlaneOptions, type ProxiedPod } from '../plane.ts';
import type { ProxyResources } from '../xds/resources.ts';
import type { Synced } from '../xds/server.ts';
import { noteTranslation } from './translation.ts';

interface Push {
  node: string;
  resources: ProxyResources;
  /** The proxy uses it, or refuses it for a reason. */
  end(reason?: string): void;
}

/** The part that a proxy refuses. */
export const PART = { type: 'clusters', name: 'bad' } as const;
export const nowhere: Endpoints = () => [];

const placement = {} as ProxiedPod['placement'];
export const pod = (node: string, name = 'checkout-v1'): ProxiedPod => ({
  node,
  workload: { kind: 'Deployment', namespace: 'shop', name },
  kind: 'sidecar',
  placement,
});

/** Waits until something is so. */
export async function until(found: () => boolean): Promise<void> {
  while (!found()) await turn();
}

/** A plane whose proxies answer when the test says so, and whose certificates live for `life` ms. */
export function startFakeControl(life = 3_600_000, options: Partial<PlaneOptions> = {}) {
  const [pushes, forgotten, trials, issued, calls]: [Push[], ...string[][]] = [[], [], [], [], []];
  const states = new Map<string, Synced>();
  let answered: (node: string) => void = () => {};
  let root = 'ROOT';

  const xds: PlaneOptions['xds'] = {
    push(node, resources) {
      const state: Synced = { isDone: () => false, refusals: () => [], stateOf: () => 'STALE' };
      states.set(node, state);
      const end = (reason?: string) => {
        if (states.get(node) !== state) return;
        const refused = reason === undefined ? [] : [{ ...PART, reason }];
        Object.assign(state, { isDone: () => true, refusals: () => refused });
        answered(node);
      };
      pushes.push({ node, resources, end });
    },
    forget: (node) => void forgotten.push(node),
    stateOf: (node) => states.get(node),
    onAnswer: (listen) => void (answered = listen),
    beginTrial: () => void trials.push('begin'),
    refusalsOfTrial: () =>
      trials.at(-1) === 'begin'
        ? [...states].flatMap(([node, { refusals }]) => refusals().map((refusal) => ({ ...refusal, node })))
        : [],
    endTrial: () => void trials.push('end'),
  };
  const acknowledgedRoots: boolean[] = [];
  const authority: PlaneOptions['authority'] = {
    bundle: () => root,
    active: () => 'ROOT',
    async issue(identity) {
      issued.push(identity);
      const notAfter = new Date(Date.now() + life);
      return { chain: identity, key: 'KEY', root: 'ROOT', notBefore: new Date(), notAfter };
    },
    async rotate(isAcknowledged) {
      acknowledgedRoots.push(isAcknowledged(root));
    },
  };
  const config = { trustDomain: 'cluster.local', rootNamespace: ROOT_NAMESPACE, providers: [] };
  const plane = createPlane({ xds, authority, config, translation: noteTranslation(calls), ...options });

  return {
    plane,
    pushes,
    forgotten,
    trials,
    issued,
    calls,
    /** Whether every proxy used the trusted roots, at each check. */
    acknowledgedRoots,
    setRoot: (text: string) => void (root = text),
    /** Waits for `count` pushes, acknowledges and returns them. */
    async acknowledge(count: number): Promise<Push[]> {
      await until(() => pushes.length >= count);
      for (const { end } of pushes) end();
      return pushes.splice(0);
    },
  };
}
