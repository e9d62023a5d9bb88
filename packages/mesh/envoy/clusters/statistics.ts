import type { Named } from '../types.ts';

/** As Istio's bootstrap names it. */
export const STATISTICS = 'prometheus_stats';

/** Envoy's own admin interface, on its unix socket. */
export function statisticsCluster(adminSocket: string): Named {
  return {
    '@type': 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
    name: STATISTICS,
    type: 'STATIC',
    connect_timeout: '1s',
    load_assignment: {
      cluster_name: STATISTICS,
      endpoints: [{ lb_endpoints: [{ endpoint: { address: { pipe: { path: adminSocket } } } }] }],
    },
  };
}
