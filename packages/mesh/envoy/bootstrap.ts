import { XDS, XDS_CLUSTER } from './xds-source.ts';

export interface BootstrapOptions {
  /** `node.id`: who asks. As Istio writes it: `sidecar~<address>~<pod>.<namespace>~<namespace>.svc.cluster.local`. */
  id: string;
  /** `node.cluster`: whose proxy it is, `<app>.<namespace>`; tracers call the service so. */
  cluster: string;
  /** Path of the unix socket for Envoy's admin interface (mode 0600). */
  adminSocket: string;
  /** Path of the unix socket on which the control plane serves discovery. */
  xdsSocket: string;
}

// As Istio's own bootstrap sets them (istio.io/istio tools/packaging/common/envoy_bootstrap.json): a regular expression may be
// long, a path with a fragment is passed on, and a ring is rebuilt at once when a host comes or goes.
const RUNTIME = {
  're2.max_program_size.error_level': 32768,
  'envoy.reloadable_features.http_reject_path_with_fragment': false,
  'envoy.reloadable_features.coalesce_lb_rebuilds_on_batch_update': false,
};

// Names of clusters and listeners hold dots, so Envoy's own rules would cut them in the middle; Istio ends such a name with
// ";", and its statistics are told apart by these labels.
const LABELS = {
  use_all_default_tags: false,
  stats_tags: [
    { tag_name: 'cluster_name', regex: '^cluster\\.((.+?);\\.)' },
    { tag_name: 'http_conn_manager_prefix', regex: '^http\\.((.+?);\\.)' },
    { tag_name: 'response_code_class', regex: '_rq(_(\\dxx))$' },
    { tag_name: 'response_code', regex: '_rq(_(\\d{3}))$' },
  ],
};

/** What an Envoy is started with: who it is, and whom it asks for the rest. */
export function bootstrap({ id, cluster, adminSocket, xdsSocket }: BootstrapOptions): object {
  return {
    node: { id, cluster },
    admin: { address: { pipe: { path: adminSocket, mode: 0o600 } } },
    stats_config: LABELS,
    layered_runtime: { layers: [{ name: 'istio', static_layer: RUNTIME }] },
    dynamic_resources: { lds_config: XDS, cds_config: XDS },
    static_resources: { clusters: [controlPlane(xdsSocket)] },
  };
}

function controlPlane(path: string) {
  return {
    name: XDS_CLUSTER,
    type: 'STATIC',
    connect_timeout: '1s',
    load_assignment: {
      cluster_name: XDS_CLUSTER,
      endpoints: [{ lb_endpoints: [{ endpoint: { address: { pipe: { path } } } }] }],
    },
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
        '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
        explicit_http_config: { http2_protocol_options: {} },
      },
    },
  };
}
