import { MESH, isWildcard } from '../../manifests/hosts.ts';
import type { Pod } from '../../manifests/labels.ts';
import { warning, type Warning } from '../../manifests/warnings/warning.ts';
import type { Mesh } from '../../model/mesh.ts';
import { appliesTo } from '../../model/routing/matches.ts';
import { configOf, type VirtualService } from '../../model/routing/virtual-services.ts';

/** A sidecar, or, in a namespace without one, a pod without labels. */
interface Caller extends Pod {
  name?: string;
}

/** A caller that has the routes of another VirtualService for a host, and both as the caller sees them. */
interface Lost {
  caller: Caller;
  loser: VirtualService;
  winner: VirtualService;
}

/**
 * Hosts of VirtualServices for which sidecars have the routes of another one: in a sidecar the first in Istio's order has the
 * host, and the routes of the others are left out. In a gateway Istio merges the routes.
 */
export function lostHosts(mesh: Mesh): Warning[] {
  return contested(mesh).flatMap(({ virtualService, index }) => {
    const host = virtualService.hosts[index] ?? '';
    const callers = callersOf(virtualService, mesh).filter((caller) => appliesToCaller(virtualService, caller));
    const lost = callers.flatMap((caller) => lostBy(caller, { virtualService, host, mesh }));
    const [first] = lost;
    if (first === undefined) return [];
    const from = lost.length < callers.length ? ` from ${lost.map(({ caller }) => caller.name).join(', ')}` : '';
    const what = `has no effect on calls${from} to host "${virtualService.writtenHosts[index]}": ${reason(first)}`;
    return [warning(virtualService.resource, ['spec', 'hosts', index], what)];
  });
}

/** The hosts of VirtualServices for sidecars that another one has too. */
function contested(mesh: Mesh): { virtualService: VirtualService; index: number }[] {
  const places = [...mesh.workloads, ...mesh.objects.of('VirtualService').map(({ metadata }) => metadata)];
  const namespaces = new Set(places.map(({ namespace = '' }) => namespace));
  const seen = [...namespaces].flatMap((namespace) => forSidecars(namespace, mesh));
  const all = [...new Map(seen.map((one) => [configOf(one), one])).values()];
  const times = new Map<string, number>();
  for (const host of all.flatMap(({ hosts }) => hosts)) times.set(host, (times.get(host) ?? 0) + 1);
  return all.flatMap((virtualService) =>
    virtualService.hosts.flatMap((host, index) => ((times.get(host) ?? 0) > 1 ? [{ virtualService, index }] : [])),
  );
}

/** The VirtualServices that the sidecars of a namespace see, in Istio's order. */
function forSidecars(namespace: string, mesh: Mesh): VirtualService[] {
  return mesh.seenFrom(namespace).virtualServices.filter(({ gateways }) => gateways.includes(MESH));
}

/** The sidecars that see a VirtualService. */
function callersOf(virtualService: VirtualService, mesh: Mesh): Caller[] {
  const sidecars = mesh.workloads.filter((one) => one.proxy === 'sidecar' && find(virtualService, one, mesh));
  return sidecars.length > 0 ? sidecars : [{ namespace: virtualService.namespace, labels: {} }];
}

/** The VirtualService as a caller sees it; undefined where it does not. */
function find(virtualService: VirtualService, { namespace }: Caller, mesh: Mesh): VirtualService | undefined {
  return forSidecars(namespace, mesh).find((one) => configOf(one) === configOf(virtualService));
}

/** Whether one of its routes is for the caller. */
function appliesToCaller({ http, namespace }: VirtualService, caller: Caller): boolean {
  return http.some(
    ({ match }) =>
      match.length === 0 ||
      match.some((one) => appliesTo({ ...caller, gateway: MESH, port: one.port ?? 0 }, one, namespace)),
  );
}

interface Contest {
  virtualService: VirtualService;
  host: string;
  mesh: Mesh;
}

function lostBy(caller: Caller, { virtualService, host, mesh }: Contest): Lost[] {
  const loser = find(virtualService, caller, mesh);
  const winner = winnerOf(host, caller, mesh);
  if (loser === undefined || winner === undefined || configOf(winner) === configOf(loser)) return [];
  return [{ caller, loser, winner }];
}

/** The VirtualService whose routes the caller has for a host. */
function winnerOf(host: string, caller: Caller, mesh: Mesh): VirtualService | undefined {
  const inOrder = forSidecars(caller.namespace, mesh);
  if (isWildcard(host)) return inOrder.find(({ hosts }) => hosts.includes(host));
  const routes = [...mesh.routesFrom(caller).values()].flat().filter(({ fqdn }) => fqdn === host);
  const configs = new Set(routes.flatMap((one) => one.routes.map(({ config }) => config)));
  return inOrder.find((one) => configs.has(configOf(one)));
}

function reason({ caller, winner, loser }: Lost): string {
  const { resource, namespace, name, visibility } = winner;
  const line = `${resource.source.file}:${resource.source.line}`;
  const why = {
    private: `is private to namespace ${caller.namespace}, and so comes first`,
    exported: `is exported to namespace ${caller.namespace} by name, and so comes before public ones`,
    public: 'is the older one for it',
    none: '',
  };
  // Of the same visibility: the age decides.
  const decides = loser.visibility === visibility ? 'public' : visibility;
  return `VirtualService ${namespace}/${name} (${line}) ${why[decides]}`;
}
