import type { Configuration } from '../envoy/configuration.ts';
import type { Assignment } from '../envoy/endpoints.ts';
import { certificateSecret, rootSecret } from '../envoy/tls.ts';
import type { Authority, Certificate } from './certificates/authority.ts';
import { takenPort } from './xds/refusal.ts';
import type { RefusedBy, Xds } from './xds/server.ts';

interface ProxiesOptions {
  xds: Pick<Xds, 'push' | 'forget' | 'stateOf' | 'onAnswer'>;
  authority: Pick<Authority, 'bundle'>;
  /** Called for a listener that a proxy cannot open, because another program holds its port. */
  onTakenPort?: ((node: string, port: number) => void) | undefined;
}

/** The parts from which a proxy's resources are made. */
interface Parts {
  /** `make` is called only if an object of `basis` is another than at the last call. */
  configuration: { basis: readonly unknown[]; make: () => Configuration };
  endpoints: readonly Assignment[];
  certificate: Certificate;
}

export interface Settled {
  /** How many proxies use the resources of their last push. */
  sidecars: number;
  /** The time since the call of `settled`. Milliseconds. */
  ms: number;
  /** What is refused now. */
  rejected: RefusedBy[];
  /** The nodes that have not answered. */
  late: string[];
}

/** The state of the translation: it has work, it has none, or there is no use in waiting. */
type Progress = 'busy' | 'idle' | 'failed';

/** All proxies, each with the resources of its last push. */
interface Proxies {
  /** Pushes the resources made of these parts, unless they are those of the last push. An unknown node is ignored. */
  update(node: string, parts: Parts): void;
  /** Adds the nodes that are new, and forgets all others. */
  keep(nodes: ReadonlySet<string>): void;
  /** Waits until `progress` is idle and every proxy is done, or `progress` failed, or for `limitMs` nothing has moved. */
  settled(limitMs: number, progress: () => Progress): Promise<Settled>;
  /** Calls `progress` of every `settled` that waits. */
  recheck(): void;
  /** What is refused now. */
  refusals(): RefusedBy[];
  /** Whether every proxy uses these trusted roots. */
  haveAcknowledged(bundle: string): boolean;
}

interface Proxy {
  basis: readonly unknown[];
  configuration?: Configuration;
  endpoints: readonly Assignment[];
  certificate?: Certificate;
  bundle?: string;
}

/** While something moves a wait goes on, but not for more than so many limits: pods may come and go without an end. */
const MOST_LIMITS = 12;

/** No proxies yet. */
export function createProxies({ xds, authority, onTakenPort }: ProxiesOptions): Proxies {
  const proxies = new Map<string, Proxy>();
  const waiting = new Set<(moved?: string) => void>();
  const isDone = (node: string) => xds.stateOf(node)?.isDone() === true;

  const refusesSecrets = (node: string) =>
    xds
      .stateOf(node)
      ?.refusals()
      .some(({ type }) => type === 'secrets');

  function recheck(moved?: string): void {
    for (const check of waiting) check(moved);
  }

  xds.onAnswer((node) => {
    for (const { reason } of xds.stateOf(node)?.refusals() ?? []) {
      const port = takenPort(reason);
      if (port !== undefined) onTakenPort?.(node, port);
    }
    recheck(node);
  });

  const refusals = () =>
    [...proxies.keys()].flatMap((node) =>
      (xds.stateOf(node)?.refusals() ?? []).map((refusal) => ({ ...refusal, node })),
    );

  function report(ms: number): Settled {
    const nodes = [...proxies.keys()];
    const rejected = refusals();
    const late = nodes.filter((node) => !isDone(node));
    const using = nodes.filter((node) => !late.includes(node) && !rejected.some((one) => one.node === node));
    return { sidecars: using.length, ms, rejected, late };
  }

  return {
    update(node, { configuration: { basis, make }, endpoints, certificate }) {
      const proxy = proxies.get(node);
      if (proxy === undefined) return;
      const bundle = authority.bundle();
      const known = isEqual(proxy.basis, basis) ? proxy.configuration : undefined;
      const isSame =
        isEqual(proxy.endpoints, endpoints) && proxy.certificate === certificate && proxy.bundle === bundle;
      if (known !== undefined && isSame) return;
      const configuration = known ?? make();
      const secrets = [certificateSecret(certificate), rootSecret(bundle)];
      Object.assign(proxy, { basis, configuration, endpoints, certificate, bundle });
      xds.push(node, { ...configuration, endpoints, secrets });
    },
    keep(nodes) {
      for (const node of proxies.keys()) {
        if (nodes.has(node)) continue;
        proxies.delete(node);
        xds.forget(node);
      }
      for (const node of nodes) if (!proxies.has(node)) proxies.set(node, { basis: [], endpoints: [] });
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
        const check = (moved?: string) => {
          const now = progress();
          if (moved !== undefined && performance.now() < start + MOST_LIMITS * limitMs) timer.refresh();
          if (now === 'failed' || (now === 'idle' && [...proxies.keys()].every(isDone))) finish();
        };
        waiting.add(check);
        check();
      });
    },
    recheck: () => recheck(),
    refusals,
    haveAcknowledged: (bundle) =>
      [...proxies].every(([node, proxy]) => proxy.bundle === bundle && isDone(node) && !refusesSecrets(node)),
  };
}

function isEqual(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
