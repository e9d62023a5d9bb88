import { matches } from '../manifests/labels.ts';
import type { Because } from '../model/because.ts';
import type { Mesh } from '../model/mesh.ts';
import type { Destination, Forward, Route, VirtualHost } from '../model/routing/route.ts';
import { selects } from '../model/services/services.ts';
import type { Workload } from '../model/workloads/workload.ts';
import { matchText, settingsText } from './route-text.ts';

/** One way by which requests come to a destination. */
export interface Way {
  /** Who finds it: workloads by name, or `every sidecar`. */
  from: string;
  /** The host that they ask for, as short as it can be said. */
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

/** Every way to what `hits` says, as the sidecars and gateways of the mesh find it, in their order; the same way is told once. */
export function waysTo(mesh: Mesh, hits: (destination: Destination) => boolean): Way[] {
  const found = new Map<string, { way: Omit<Way, 'from'>; from: Set<string> }>();
  const add = (caller: Workload, ways: Omit<Way, 'from'>[]) => {
    for (const way of ways) {
      const key = JSON.stringify([way, caller.proxy]);
      const known = found.get(key) ?? { way, from: new Set<string>() };
      found.set(key, known);
      known.from.add(caller.name);
    }
  };
  for (const caller of mesh.workloads) {
    const sidecars = [...mesh.routesOf(caller).values()].flat();
    const gateways = mesh.serversOf(caller).flatMap(({ hosts }) => hosts);
    for (const host of [...sidecars, ...gateways]) add(caller, waysOf(host, hits));
  }
  const sidecars = mesh.workloads.filter(({ proxy }) => proxy === 'sidecar').length;
  return [...found.values()].map(({ way, from }) => ({
    from: from.size === sidecars && sidecars > 1 ? 'every sidecar' : [...from].join(', '),
    ...way,
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
  const seer = workload.proxy === 'none' ? mesh.workloads.find(({ proxy }) => proxy !== 'none') : workload;
  const all = seer === undefined ? [] : mesh.clustersOf(seer);
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

function waysOf({ fqdn, routes }: VirtualHost, hits: (destination: Destination) => boolean): Omit<Way, 'from'>[] {
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
        because: decider(route, because),
      }));
  });
}

/** A Service's own route is Istio's: nobody wrote one. */
function decider({ name, config }: Route, because: Because): Because {
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
