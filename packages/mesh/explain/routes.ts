import { matches } from '../manifests/labels.ts';
import type { Because } from '../model/because.ts';
import type { Mesh } from '../model/mesh.ts';
import type { Destination, Forward, Route, VirtualHost } from '../model/routing/route.ts';
import { selects } from '../model/services/services.ts';
import type { Workload } from '../model/workloads/workload.ts';
import { matchText, settingsText } from './route-text.ts';

/** One route by which requests come to a destination. */
export interface RouteTo {
  /** The workloads whose proxies have it, by name, or `every sidecar`. */
  from: string;
  /** The host that they ask for, without its namespace where it is a Service's. */
  host: string;
  subset: string;
  /** Of the requests that match, 0 to 100. */
  share: number;
  /** Copies: the answer comes from elsewhere. */
  mirror: boolean;
  /** `POST /api/* x-release: next`; '' for every request. */
  match: string;
  /** `timeout 800 ms, 2 retries of 250 ms`. */
  settings: string;
  because: Because;
}

/** Every route to the destinations that `hits` accepts, as the sidecars and gateways of the mesh have it, in their order; equal routes are one. */
export function routesTo(mesh: Mesh, hits: (destination: Destination) => boolean): RouteTo[] {
  const found = new Map<string, { route: Omit<RouteTo, 'from'>; from: Set<string> }>();
  const add = (caller: Workload, routes: Omit<RouteTo, 'from'>[]) => {
    for (const route of routes) {
      const key = JSON.stringify([route, caller.proxy]);
      const known = found.get(key) ?? { route, from: new Set<string>() };
      found.set(key, known);
      known.from.add(caller.name);
    }
  };
  for (const caller of mesh.workloads) {
    const sidecars = [...mesh.routesOf(caller).values()].flat();
    const gateways = mesh.serversOf(caller).flatMap(({ hosts }) => hosts);
    for (const host of [...sidecars, ...gateways]) add(caller, routesOfHost(host, hits));
  }
  const sidecars = mesh.workloads.filter(({ proxy }) => proxy === 'sidecar').length;
  return [...found.values()].map(({ route, from }) => ({
    from: from.size === sidecars && sidecars > 1 ? 'every sidecar' : [...from].join(', '),
    ...route,
  }));
}

/** Whether a destination leads to a workload: its Service selects it, and the subset's labels are its own. */
export function leadsTo(mesh: Mesh, workload: Workload): (destination: Destination) => boolean {
  const services = mesh.services.filter((service) => selects(service, workload)).map(({ fqdn }) => fqdn);
  return ({ fqdn, subset, missing }) =>
    missing === undefined &&
    services.includes(fqdn) &&
    (subset === '' || subsetsOf(mesh, workload).some((one) => one.fqdn === fqdn && one.subset === subset));
}

/** The subsets that a workload's pods belong to, as its own namespace sees them. */
export function subsetsOf(mesh: Mesh, workload: Workload): { fqdn: string; subset: string; because: Because }[] {
  const services = mesh.services.filter((service) => selects(service, workload)).map(({ fqdn }) => fqdn);
  const viewer = workload.proxy === 'none' ? mesh.workloads.find(({ proxy }) => proxy !== 'none') : workload;
  const all = viewer === undefined ? [] : mesh.clustersOf(viewer);
  const own = all.filter(
    ({ fqdn, subset, labels }) => subset !== '' && services.includes(fqdn) && matches(workload.labels, labels),
  );
  const once = new Map(own.map(({ fqdn, subset, because }) => [`${fqdn} ${subset}`, { fqdn, subset, because }]));
  return [...once.values()];
}

/** `recommendations` of `recommendations.shop.svc.cluster.local`. */
export function shortName(fqdn: string): string {
  return fqdn.endsWith('.svc.cluster.local') ? (fqdn.split('.')[0] ?? fqdn) : fqdn;
}

function routesOfHost(
  { fqdn, routes }: VirtualHost,
  hits: (destination: Destination) => boolean,
): Omit<RouteTo, 'from'>[] {
  return routes.flatMap((route) => {
    const { action, match, because } = route;
    if (action.kind !== 'forward') return [];
    return sharesOf(action)
      .filter(({ destination }) => hits(destination))
      .map(({ destination, share, mirror }) => ({
        host: fqdn === '*' ? shortName(destination.fqdn) : shortName(fqdn),
        subset: destination.subset,
        share,
        mirror,
        match: matchText(match),
        settings: settingsText(action),
        because: ruleOrDefault(route, because),
      }));
  });
}

/** The default route of a Service is Istio's own: no VirtualService decides it. */
function ruleOrDefault({ name, config }: Route, because: Because): Because {
  return name === 'default' && config === undefined
    ? { ...because, object: `no VirtualService, ${because.object}` }
    : because;
}

function sharesOf({ destinations, weighted, mirrors }: Forward) {
  const sum = destinations.reduce((total, { weight }) => total + weight, 0);
  const straight = destinations.map(({ destination, weight }) => ({
    destination,
    share: weighted && sum > 0 ? (100 * weight) / sum : 100,
    mirror: false,
  }));
  return [
    ...straight,
    ...mirrors.map(({ destination, percentage }) => ({ destination, share: percentage, mirror: true })),
  ];
}
