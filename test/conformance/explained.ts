import type { Difference } from './compare.ts';

/** A necessary difference: a field with everything in it, and the reason. */
export interface Explanation {
  /** As in Difference; `[]` matches any name or position, a name in brackets only that name. */
  at: string;
  why: string;
  /** Only where Istio's value, or ours, matches. */
  istio?: RegExp;
  ours?: RegExp;
}

const PASS_BY = 'Requests to hosts without a Service do not reach the sidecar here (docs/fidelity.md).';
const ONE_LISTENER =
  'Istio redirects by iptables to one listener, which forwards to the original destination; here each port has its own.';
const SOURCE = 'A certificate comes from the control plane here, from the agent beside the proxy there.';
const STATISTICS = 'Envoy’s own Prometheus port; Istio’s proxies have it in their bootstrap.';

const INBOUND = [8080, 9090, 5432, 3306, 8081, 8082, 8084, 8085, 8086].map((port) => `inbound|${port}||`);
/** Ports of the cases that no Service has. */
const UNSERVED = ['inbound|8090||', 'inbound|8091||'];
const TLS = 'typed_config.common_tls_context';
const SECRETS = [
  `${TLS}.tls_certificate_sds_secret_configs[].sds_config`,
  `${TLS}.combined_validation_context.validation_context_sds_secret_config.sds_config`,
];
const MANAGER = 'listeners[].filter_chains[].filters[].typed_config';

/**
 * What differs in the cluster from a sidecar to a port of its app, and `more`: `cleanup_interval` for a port of a Service,
 * `common_lb_config` for others, for which Istio has one cluster.
 */
export function appCluster(cluster: string, more: readonly string[]): Explanation[] {
  const fields = ['type', 'lb_policy', 'upstream_bind_config', 'load_assignment', ...more];
  return fields.map((field) => ({ at: `clusters[${cluster}].${field}`, why: ONE_LISTENER }));
}

/** Every allowed difference with its reason; one that is not used any more fails the test. */
export const EXPLAINED: readonly Explanation[] = [
  ...['BlackHoleCluster', 'InboundPassthroughCluster', 'PassthroughCluster'].map((name) => ({
    at: `clusters[${name}]`,
    why: PASS_BY,
  })),
  { at: 'routes[].virtual_hosts[allow_any]', why: PASS_BY },
  { at: 'routes[].virtual_hosts[block_all]', why: PASS_BY },
  { at: 'listeners[].passthrough_filter_chain', why: PASS_BY },
  { at: 'listeners[virtualOutbound]', why: ONE_LISTENER },
  { at: 'listeners[virtualInbound]', why: ONE_LISTENER },
  { at: 'listeners[virtualInbound-15006]', why: ONE_LISTENER },
  { at: 'listeners[].bind_to_port', why: ONE_LISTENER },
  ...SECRETS.flatMap((secret) =>
    [
      'clusters[].transport_socket',
      'clusters[].transport_socket_matches[].transport_socket',
      'listeners[].filter_chains[].transport_socket',
    ].map((socket) => ({ at: `${socket}.${secret}`, why: SOURCE })),
  ),
  ...INBOUND.flatMap((cluster) => appCluster(cluster, ['cleanup_interval'])),
  ...UNSERVED.flatMap((cluster) => appCluster(cluster, ['common_lb_config'])),
  { at: 'listeners[].address', why: ONE_LISTENER, istio: /^(15006|(?!0\.0\.0\.0)\d+\.\d+\.\d+\.\d+)$/ },
  {
    at: 'listeners[].enable_reuse_port',
    why: 'Two Envoys on one machine would share a port without an error.',
    ours: /^false$/,
  },
  {
    at: `${MANAGER}.tracing.provider.typed_config.service_name`,
    why: 'Istio’s proxies have their name in their bootstrap.',
  },
  {
    at: `clusters[].transport_socket.${TLS}.combined_validation_context.validation_context_sds_secret_config.name`,
    why: 'In Istio SIMPLE trusts the machine’s root certificates; here only the mesh has certificates.',
    istio: /^file-root:system$/,
  },
  { at: 'listeners[stats]', why: STATISTICS },
  { at: 'clusters[prometheus_stats]', why: STATISTICS },
];

/** Finds the explanation of a difference, and counts how often each is used. */
export function createExplainer(explanations = EXPLAINED) {
  const used = new Map(explanations.map((one) => [one, 0]));
  const patterns = explanations.map((one) => ({ one, pattern: patternOf(one.at) }));
  return {
    used,
    explains({ path, istio, ours }: Difference): boolean {
      const found = patterns.find(
        ({ one, pattern }) => pattern.test(path) && holds(one.istio, istio) && holds(one.ours, ours),
      );
      if (found) used.set(found.one, (used.get(found.one) ?? 0) + 1);
      return found !== undefined;
    },
  };
}

function holds(wanted: RegExp | undefined, value: unknown): boolean {
  return wanted === undefined || wanted.test(`${value}`);
}

function patternOf(at: string): RegExp {
  const escaped = at
    .replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(String.raw`\[\]`, String.raw`\[[^\]]*\]`);
  return new RegExp(`^${escaped}(?=$|[.[])`);
}
