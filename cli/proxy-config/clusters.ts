import { byKeys, configSource, type EnvoyObject, text } from './dump.ts';

/** istioctl's flags for clusters. */
export interface ClusterFilter {
  port?: number;
  fqdn?: string;
  direction?: string;
  subset?: string;
}

/** The parts of Istio's name of a cluster: `outbound|80|v1|billing.shop.svc.cluster.local`. */
function parts(cluster: EnvoyObject) {
  const name = text(cluster, 'name');
  const [direction = '', port = '', subset = '', fqdn = ''] = name.split('|');
  return name.split('|').length === 4
    ? { direction, port, subset, fqdn }
    : { direction: '', port: '', subset: '', fqdn: name };
}

/** The clusters that match a filter, in istioctl's order. */
export function filterClusters(
  all: readonly EnvoyObject[],
  { port, fqdn, direction, subset }: ClusterFilter,
): EnvoyObject[] {
  return all
    .filter((cluster) => {
      const has = parts(cluster);
      return (
        (port === undefined || has.port === `${port}`) &&
        (fqdn === undefined || has.fqdn.includes(fqdn)) &&
        (direction === undefined || has.direction === direction) &&
        (subset === undefined || has.subset === subset)
      );
    })
    .sort(
      byKeys(
        (one) => parts(one).fqdn,
        (one) => Number(parts(one).port),
        (one) => parts(one).subset,
        (one) => parts(one).direction,
      ),
    );
}

/** istioctl's table of clusters. Source: istio/istio, istioctl/pkg/writer/envoy/configdump/cluster.go. */
export function clusterRows(clusters: readonly EnvoyObject[]): string[][] {
  const rows = clusters.map((cluster) => {
    const { fqdn, port, subset, direction } = parts(cluster);
    const type = text(cluster, 'type') || text(cluster, 'cluster_type', 'name') || 'STATIC';
    return [fqdn, port || '-', subset || '-', direction || '-', type, configSource(cluster)];
  });
  return [['SERVICE FQDN', 'PORT', 'SUBSET', 'DIRECTION', 'TYPE', 'DESTINATION RULE'], ...rows];
}
