import type { Mesh } from '../model/mesh.ts';
import type { Forward, Route } from '../model/routing/route.ts';
import type { MtlsMode } from '../model/security/peer-authentication.ts';
import type { Workload } from '../model/workloads/workload.ts';
import { shortName } from './routes.ts';

/** A short summary of the mesh. */
export interface Summary {
  workloads: Pick<Workload, 'kind' | 'namespace' | 'name' | 'identity' | 'proxy'>[];
  /** Each mTLS mode with its ports (`postgres 5432`); the most frequent mode is first. */
  mtls: { mode: MtlsMode; ports: string[] }[];
  /** Services whose requests are split by weight; shares from 0 to 1. */
  splits: { service: string; shares: Record<string, number> }[];
  /** Versions that a gateway chooses by a header of the request. */
  headers: { service: string; subset: string; header: string; value: string }[];
}

/** Summarizes the mesh: mTLS modes, weights, and headers that choose a version. */
export function summaryOf(mesh: Mesh): Summary {
  const ofSidecars = mesh.workloads.flatMap((caller) => [...mesh.routesOf(caller).values()].flat());
  const ofGateways = mesh.workloads.flatMap((gateway) => mesh.serversOf(gateway)).flatMap(({ hosts }) => hosts);
  return {
    workloads: mesh.workloads.map(({ kind, namespace, name, identity, proxy }) => {
      return { kind, namespace, name, identity, proxy };
    }),
    mtls: modesOf(mesh),
    splits: unique(ofSidecars.flatMap(({ routes }) => routes).flatMap(splitOf)),
    headers: unique(ofGateways.flatMap(({ routes }) => routes).flatMap(headersOf)),
  };
}

function modesOf({ workloads }: Mesh): Summary['mtls'] {
  const ports = workloads.flatMap(({ name, inbound }) =>
    inbound.map(({ port, mtls }) => ({ mode: mtls.mode, port: `${name} ${port}` })),
  );
  return [...Map.groupBy(ports, ({ mode }) => mode)]
    .map(([mode, some]) => ({ mode, ports: some.map(({ port }) => port) }))
    .sort((a, b) => b.ports.length - a.ports.length);
}

function splitOf({ action }: Route): Summary['splits'] {
  if (action.kind !== 'forward' || !action.weighted) return [];
  const sum = action.destinations.reduce((total, { weight }) => total + weight, 0);
  const [first] = action.destinations;
  if (first === undefined || sum === 0) return [];
  const shares = action.destinations.map(({ destination, weight }) => [nameIn(destination), weight / sum]);
  return [{ service: shortName(first.destination.fqdn), shares: Object.fromEntries(shares) }];
}

const nameIn = ({ subset, fqdn }: Forward['destinations'][number]['destination']) => subset || shortName(fqdn);

function headersOf({ action, match }: Route): Summary['headers'] {
  const [first] = action.kind === 'forward' ? action.destinations : [];
  if (first === undefined || first.destination.subset === '') return [];
  const { fqdn, subset } = first.destination;
  return match.headers.flatMap(([header, value]) =>
    value !== undefined && 'exact' in value ? [{ service: shortName(fqdn), subset, header, value: value.exact }] : [],
  );
}

function unique<T>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
