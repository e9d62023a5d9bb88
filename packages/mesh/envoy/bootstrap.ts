import { oneEndpoint } from './placement.ts';
import { ADS, XDS, XDS_CLUSTER } from './xds-source.ts';

export interface BootstrapOptions {
  /** `node.id`, in Istio's form: `sidecar~<address>~<pod>.<namespace>~<namespace>.svc.cluster.local`. */
  id: string;
  /** `node.cluster`, `<app>.<namespace>`: also the service's name in spans. */
  cluster: string;
  /** Path of the unix socket for Envoy's admin interface (mode 0600). */
  adminSocket: string;
  /** Path of the unix socket on which the control plane serves discovery. */
  xdsSocket: string;
}

// Istio's settings: regular expressions may be long, a path with a fragment is passed on, and load balancers are rebuilt at
// each change of a host. Source: istio.io/istio pkg/bootstrap/config.go.
const RUNTIME = {
  're2.max_program_size.error_level': 32768,
  'envoy.reloadable_features.http_reject_path_with_fragment': false,
  'envoy.reloadable_features.coalesce_lb_rebuilds_on_batch_update': false,
};

// The names of clusters and listeners contain dots, at which Envoy's default rules would split them. Istio ends such a name
// with ";" in statistics, and these rules make a label of all that precedes it. Source: tools/packaging/common/envoy_bootstrap.json there, stats_tags.
const LABELS = {
  use_all_default_tags: false,
  stats_tags: [
    { tag_name: 'cluster_name', regex: '^cluster\\.((.+?);\\.)' },
    { tag_name: 'http_conn_manager_prefix', regex: '^http\\.((.+?);\\.)' },
    { tag_name: 'response_code_class', regex: '_rq(_(\\dxx))$' },
    { tag_name: 'response_code', regex: '_rq(_(\\d{3}))$' },
  ],
};

/** The configuration with which an Envoy starts: its identity, and the address of the control plane, which sends the rest. */
export function bootstrap({ id, cluster, adminSocket, xdsSocket }: BootstrapOptions): object {
  return {
    node: { id, cluster },
    admin: { address: { pipe: { path: adminSocket, mode: 0o600 } } },
    stats_config: LABELS,
    layered_runtime: { layers: [{ name: 'istio', static_layer: RUNTIME }] },
    cluster_manager: { enable_deferred_cluster_creation: true },
    deferred_stat_options: { enable_deferred_creation_stats: true },
    dynamic_resources: { lds_config: XDS, cds_config: XDS, ads_config: ADS },
    static_resources: { clusters: [controlPlane(xdsSocket)] },
  };
}

function controlPlane(path: string) {
  return {
    name: XDS_CLUSTER,
    type: 'STATIC',
    connect_timeout: '1s',
    load_assignment: oneEndpoint(XDS_CLUSTER, { pipe: { path } }),
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
        '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
        explicit_http_config: { http2_protocol_options: {} },
      },
    },
  };
}
