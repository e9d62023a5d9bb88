import { matches } from '../manifests/labels.ts';
import type { Because } from '../model/because.ts';
import type { Mesh } from '../model/mesh.ts';
import type { Destination, Forward, VirtualHost } from '../model/routing/route.ts';
import { selects } from '../model/services/services.ts';
import type { Workload } from '../model/workloads/workload.ts';
import { matchText, settingsText } from './route-text.ts';

/** A route to a destination. */
export interface RouteTo {
  /** The names of the workloads whose proxies have it, or `every sidecar`. */
  from: string;
  /** The host of the requests; the short name if it is a Service. */
  host: string;
  subset: string;
  /** The percentage of the matching requests, 0 to 100. */
  share: number;
  /** True for copies, whose response is ignored. */
  mirror: boolean;
  /** `POST /api/* x-release: next`; '' for every request. */
  match: string;
  /** `timeout 800 ms, 2 retries of 250 ms`. */
  settings: string;
  because: Because;
}

/** The routes of all sidecars and gateways to the destinations that `isTarget` accepts, in order; equal routes are one. */
export function routesTo(mesh: Mesh, isTarget: (destination: Destination) => boolean): RouteTo[] {
  const found = new Map<string, { route: Omit<RouteTo, 'from'>; from: Set<string> }>();
  for (const caller of mesh.workloads) {
    const sidecars = [...mesh.routesOf(caller).values()].flat();
    const gateways = mesh.serversOf(caller).flatMap(({ hosts }) => hosts);
    for (const route of [...sidecars, ...gateways].flatMap((host) => routesOfHost(host, isTarget))) {
      const key = JSON.stringify([route, caller.proxy]);
      const known = found.get(key) ?? { route, from: new Set<string>() };
      found.set(key, known);
      known.from.add(caller.name);
    }
  }
  const sidecars = mesh.workloads.filter(({ proxy }) => proxy === 'sidecar').length;
  return [...found.values()].map(({ route, from }) => ({
    from: from.size === sidecars && sidecars > 1 ? 'every sidecar' : [...from].join(', '),
    ...route,
  }));
}

/** Checks if a destination reaches a workload: its Service and its subset select the workload. */
export function reaches(mesh: Mesh, workload: Workload): (destination: Destination) => boolean {
  const services = servicesOf(mesh, workload);
  const subsets = subsetsOf(mesh, workload);
  return ({ fqdn, subset, missing }) =>
    missing === undefined &&
    services.includes(fqdn) &&
    (subset === '' || subsets.some((one) => one.fqdn === fqdn && one.subset === subset));
}

/** The subsets that select a workload, from the DestinationRules for callers in its own namespace. */
export function subsetsOf(mesh: Mesh, workload: Workload): { fqdn: string; subset: string; because: Because }[] {
  const services = servicesOf(mesh, workload);
  const caller = workload.proxy === 'none' ? mesh.workloads.find(({ proxy }) => proxy !== 'none') : workload;
  const all = caller === undefined ? [] : mesh.clustersOf(caller);
  const own = all.filter(
    ({ fqdn, subset, labels }) => subset !== '' && services.includes(fqdn) && matches(workload.labels, labels),
  );
  const unique = new Map(own.map(({ fqdn, subset, because }) => [`${fqdn} ${subset}`, { fqdn, subset, because }]));
  return [...unique.values()];
}

function servicesOf({ services }: Mesh, workload: Workload): string[] {
  return services.filter((service) => selects(service, workload)).map(({ fqdn }) => fqdn);
}

/** `recommendations` of `recommendations.shop.svc.cluster.local`. */
export function shortName(fqdn: string): string {
  return fqdn.endsWith('.svc.cluster.local') ? (fqdn.split('.')[0] ?? fqdn) : fqdn;
}

function routesOfHost({ fqdn, routes }: VirtualHost, isTarget: (to: Destination) => boolean): Omit<RouteTo, 'from'>[] {
  return routes.flatMap(({ action, match, because, name, config }) => {
    if (action.kind !== 'forward') return [];
    const isDefault = name === 'default' && config === undefined;
    return sharesOf(action)
      .filter(({ destination }) => isTarget(destination))
      .map(({ destination, share, mirror }) => ({
        host: fqdn === '*' ? shortName(destination.fqdn) : shortName(fqdn),
        subset: destination.subset,
        share,
        mirror,
        match: matchText(match),
        settings: settingsText(action),
        // A Service's default route comes from Istio.
        because: isDefault ? { ...because, object: `no VirtualService, ${because.object}` } : because,
      }));
  });
}

function sharesOf({ destinations, weighted, mirrors }: Forward) {
  const sum = destinations.reduce((total, { weight }) => total + weight, 0);
  const forwarded = destinations.map(({ destination, weight }) => ({
    destination,
    share: weighted && sum > 0 ? (100 * weight) / sum : 100,
    mirror: false,
  }));
  const copies = mirrors.map(({ destination, percentage }) => ({ destination, share: percentage, mirror: true }));
  return [...forwarded, ...copies];
}
