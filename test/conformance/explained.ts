import type { Difference } from './compare.ts';

/** A difference that must be: one field with what is below it, and why. */
export interface Explanation {
  /** As in Difference; `[]` stands for any name or number, a name in brackets for that one. */
  at: string;
  why: string;
  /** Only where Istio's value, or ours, is one of these. */
  istio?: RegExp;
  ours?: RegExp;
}

const PASS_BY =
  'What a program asks of hosts that no Service names does not come to the sidecar here (docs/fidelity.md).';
const WAY_IN =
  'Istio redirects by iptables to one listener and goes on to the original destination; here each port has its own.';
const SOURCE = 'Discovery is REST long polling on a unix socket here, gRPC there (docs/decisions/0010).';
const STATISTICS = 'Envoy’s own Prometheus port; Istio’s proxies have it in their bootstrap.';

const INBOUND = ['inbound|8080||', 'inbound|9090||', 'inbound|5432||'];
const TLS = 'typed_config.common_tls_context';
const SECRETS = [
  `${TLS}.tls_certificate_sds_secret_configs[].sds_config`,
  `${TLS}.combined_validation_context.validation_context_sds_secret_config.sds_config`,
];
const MANAGER = 'listeners[].filter_chains[].filters[].typed_config';

/** Every difference there may be. Whoever adds one says why; one that explains nothing any more fails. */
export const EXPLAINED: readonly Explanation[] = [
  ...['BlackHoleCluster', 'InboundPassthroughCluster', 'PassthroughCluster'].map((name) => ({
    at: `clusters[${name}]`,
    why: PASS_BY,
  })),
  { at: 'routes[].virtual_hosts[allow_any]', why: PASS_BY },
  { at: 'routes[].virtual_hosts[block_all]', why: PASS_BY },
  { at: 'listeners[].default_filter_chain', why: PASS_BY },
  { at: 'listeners[virtualOutbound]', why: WAY_IN },
  { at: 'listeners[virtualInbound]', why: WAY_IN },
  { at: 'listeners[virtualInbound-15006]', why: WAY_IN },
  { at: 'listeners[].bind_to_port', why: WAY_IN },
  { at: 'clusters[].eds_cluster_config.eds_config', why: SOURCE },
  ...SECRETS.flatMap((secret) =>
    [
      'clusters[].transport_socket',
      'clusters[].transport_socket_matches[].transport_socket',
      'listeners[].filter_chains[].transport_socket',
    ].map((socket) => ({ at: `${socket}.${secret}`, why: SOURCE })),
  ),
  { at: `${MANAGER}.rds.config_source`, why: SOURCE },
  ...['type', 'lb_policy', 'cleanup_interval', 'upstream_bind_config', 'load_assignment'].flatMap((field) =>
    INBOUND.map((cluster) => ({ at: `clusters[${cluster}].${field}`, why: WAY_IN })),
  ),
  { at: 'listeners[].address', why: WAY_IN, istio: /^(15006|10\.96\.0\.\d+)$/ },
  {
    at: 'routes[].virtual_hosts[].domains[]',
    why: 'A Service has no address of its own here.',
    istio: /^10\.96\.0\.\d+$/,
  },
  {
    at: 'listeners[].enable_reuse_port',
    why: 'Two Envoys of one machine would share a port unnoticed.',
    ours: /^false$/,
  },
  {
    at: `${MANAGER}.tracing.provider.typed_config.service_name`,
    why: 'Istio’s proxies are told by their bootstrap what they are called.',
  },
  {
    at: `clusters[].transport_socket.${TLS}.combined_validation_context.validation_context_sds_secret_config.name`,
    why: 'SIMPLE trusts the roots of the machine in Istio; here nobody but the mesh shows certificates.',
    istio: /^file-root:system$/,
  },
  // These clusters of the cases tls-modes and plaintext-namespace, no others.
  ...['80|plain|hats', '80|simple|hats', '90||hats', '80|v1-mutual|hats', '90|v1-mutual|hats', '5432||vault'].map(
    (of) => ({
      at: `endpoints[outbound|${of}.shop.svc.cluster.local].endpoints[].lb_endpoints[].metadata`,
      why: 'Only transport_socket_matches reads it, which a cluster with a mode of its own has not.',
    }),
  ),
  { at: 'listeners[stats]', why: STATISTICS },
  { at: 'clusters[prometheus_stats]', why: STATISTICS },
];

/** Finds who explains a difference; counts how often each did. */
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
