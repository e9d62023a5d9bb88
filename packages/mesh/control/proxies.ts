import type { Configuration } from '../envoy/configuration.ts';
import type { Assignment } from '../envoy/endpoints.ts';
import { certificateSecret, rootSecret } from '../envoy/tls.ts';
import type { Authority, Certificate } from './authority.ts';
import type { ProxyResources } from './resources.ts';
import type { Xds } from './xds.ts';

interface ProxiesOptions {
  xds: Pick<Xds, 'push' | 'forget'>;
  authority: Pick<Authority, 'root'>;
  reasonOf?: (node: string) => string | undefined;
}

/** The parts from which a proxy's resources are made. */
interface Parts {
  /** `make` is called only if an object of `basis` is another than at the last call. */
  configuration: { basis: readonly unknown[]; make: () => Configuration };
  endpoints: Assignment[];
  certificate: Certificate;
}

export interface Settled {
  /** How many proxies use the resources of their last push. */
  sidecars: number;
  /** The time since the call of `settled`. Milliseconds. */
  ms: number;
  rejected: { node: string; reason: string }[];
  /** The nodes that had not acknowledged within the limit. */
  late: string[];
}

/** The state of the translation: it has work, it has none, or it has failed. */
type Progress = 'busy' | 'idle' | 'failed';

/** All proxies, each with the resources of its last push and the state of that push. */
interface Proxies {
  /** Pushes the resources made of these parts, unless they are those of the last push. An unknown node is ignored. */
  update(node: string, parts: Parts): void;
  /** Adds the nodes that are new, and forgets all others. */
  keep(nodes: ReadonlySet<string>): void;
  /** Waits until `progress` is idle and every push has ended, or `progress` failed; at most `limitMs`. */
  settled(limitMs: number, progress: () => Progress): Promise<Settled>;
  /** Calls `progress` of every `settled` that waits. */
  recheck(): void;
  resourcesOf(node: string): ProxyResources | undefined;
}

interface Proxy {
  basis: readonly unknown[];
  configuration?: Configuration;
  endpoints: string;
  certificate?: Certificate;
  resources?: ProxyResources;
  /** Of the push under way, or of the last one. */
  state: 'pending' | 'done' | { error: Error };
}

/** No proxies yet. */
export function createProxies({ xds, authority, reasonOf }: ProxiesOptions): Proxies {
  const proxies = new Map<string, Proxy>();
  const waiting = new Set<() => void>();

  function recheck(): void {
    for (const check of waiting) check();
  }

  function push(node: string, proxy: Proxy, resources: ProxyResources): void {
    proxy.resources = resources;
    proxy.state = 'pending';
    const end = (state: Proxy['state']) => {
      // The result of a superseded push does not count.
      if (proxy.resources !== resources) return;
      proxy.state = state;
      recheck();
    };
    xds.push(node, resources).then(
      () => end('done'),
      (error: Error) => end({ error }),
    );
  }

  function report(ms: number): Settled {
    const all = [...proxies];
    const rejected = all.flatMap(([node, { state }]) =>
      typeof state === 'object' ? [{ node, reason: reasonOf?.(node) ?? state.error.message }] : [],
    );
    const late = all.filter(([, { state }]) => state === 'pending').map(([node]) => node);
    return { sidecars: all.filter(([, { state }]) => state === 'done').length, ms, rejected, late };
  }

  return {
    update(node, { configuration: { basis, make }, endpoints, certificate }) {
      const proxy = proxies.get(node);
      if (proxy === undefined) return;
      const text = JSON.stringify(endpoints);
      const known = isEqual(proxy.basis, basis) ? proxy.configuration : undefined;
      if (known !== undefined && proxy.endpoints === text && proxy.certificate === certificate) return;
      const configuration = known ?? make();
      Object.assign(proxy, { basis, configuration, endpoints: text, certificate });
      const secrets = [certificateSecret(certificate), rootSecret(authority.root)];
      push(node, proxy, { ...configuration, endpoints, secrets });
    },
    keep(nodes) {
      for (const node of proxies.keys()) {
        if (nodes.has(node)) continue;
        proxies.delete(node);
        xds.forget(node);
      }
      for (const node of nodes)
        if (!proxies.has(node)) proxies.set(node, { basis: [], endpoints: '', state: 'pending' });
    },
    settled(limitMs, progress) {
      const start = performance.now();
      return new Promise((resolve) => {
        const finish = () => {
          waiting.delete(check);
          clearTimeout(timer);
          resolve(report(performance.now() - start));
        };
        const timer = setTimeout(finish, limitMs);
        const check = () => {
          const now = progress();
          const isDone = now === 'idle' && [...proxies.values()].every(({ state }) => state !== 'pending');
          if (isDone || now === 'failed') finish();
        };
        waiting.add(check);
        check();
      });
    },
    recheck,
    resourcesOf: (node) => proxies.get(node)?.resources,
  };
}

function isEqual(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
