import type { Configuration } from '../envoy/configuration.ts';
import type { Assignment } from '../envoy/endpoints.ts';
import { certificateSecret, rootSecret } from '../envoy/tls.ts';
import type { Authority, Certificate } from './authority.ts';
import type { Wanted } from './wanted.ts';
import type { Xds } from './xds.ts';

export interface ProxiesOptions {
  xds: Pick<Xds, 'push' | 'forget'>;
  authority: Pick<Authority, 'root'>;
  reasonOf?: (node: string) => string | undefined;
}

/** What one proxy's configuration is made of. */
export interface Parts {
  /** Made anew only if what it is made from is another object than before. */
  configuration: { basis: readonly unknown[]; make: () => Configuration };
  endpoints: Assignment[];
  certificate: Certificate;
}

export interface Settled {
  /** How many proxies use what was last said. */
  sidecars: number;
  /** How long that took, from the question on. */
  ms: number;
  rejected: { node: string; reason: string }[];
  /** Who had not answered within the limit. */
  late: string[];
}

/** Of what makes configurations: it has work, it has none, or it has given up. */
export type Progress = 'busy' | 'idle' | 'over';

/** The proxies there are, with what each shall have and how far it is. */
export interface Proxies {
  /** Pushes what a proxy shall have, unless that is what it was pushed last. */
  bring(node: string, parts: Parts): void;
  /** Forgets all others, and counts these. */
  keep(nodes: ReadonlySet<string>): void;
  /** Waits until all have answered and nothing more is coming, by `progress`, which `look` makes it ask again. */
  settled(limitMs: number, progress: () => Progress): Promise<Settled>;
  look(): void;
  wantedOf(node: string): Wanted | undefined;
}

interface Proxy {
  basis: readonly unknown[];
  configuration: Configuration | undefined;
  endpoints: string;
  certificate: Certificate | undefined;
  wanted: Wanted | undefined;
  /** The push under way, or the last one. */
  state: 'pending' | 'done' | { error: Error };
}

/** No proxies yet. */
export function createProxies({ xds, authority, reasonOf }: ProxiesOptions): Proxies {
  const proxies = new Map<string, Proxy>();
  const waiting = new Set<() => void>();

  function look(): void {
    for (const ask of waiting) ask();
  }

  function push(node: string, proxy: Proxy, wanted: Wanted): void {
    proxy.wanted = wanted;
    proxy.state = 'pending';
    const end = (state: Proxy['state']) => {
      // Of a push that was superseded nobody asks any more.
      if (proxy.wanted !== wanted) return;
      proxy.state = state;
      look();
    };
    xds.push(node, wanted).then(
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
    bring(node, { configuration: { basis, make }, endpoints, certificate }) {
      const proxy = proxies.get(node);
      if (proxy === undefined) return;
      const text = JSON.stringify(endpoints);
      const isKnown = proxy.configuration !== undefined && isEqual(proxy.basis, basis);
      if (isKnown && proxy.endpoints === text && proxy.certificate === certificate) return;
      const configuration = isKnown && proxy.configuration !== undefined ? proxy.configuration : make();
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
      for (const node of nodes) if (!proxies.has(node)) proxies.set(node, unknownProxy());
    },
    settled(limitMs, progress) {
      const start = performance.now();
      return new Promise((resolve) => {
        const finish = () => {
          waiting.delete(ask);
          clearTimeout(timer);
          resolve(report(performance.now() - start));
        };
        const timer = setTimeout(finish, limitMs);
        const ask = () => {
          const now = progress();
          const isDone = now === 'idle' && [...proxies.values()].every(({ state }) => state !== 'pending');
          if (isDone || now === 'over') finish();
        };
        waiting.add(ask);
        ask();
      });
    },
    look,
    wantedOf: (node) => proxies.get(node)?.wanted,
  };
}

function unknownProxy(): Proxy {
  return {
    basis: [],
    configuration: undefined,
    endpoints: '',
    certificate: undefined,
    wanted: undefined,
    state: 'pending',
  };
}

function isEqual(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
