import { isDeepStrictEqual } from 'node:util';
import { type Configuration, type XdsResource, AS_WRITTEN, translate } from '@tuesday/mesh/envoy';
import { type Mesh, type Workload, createMesh } from '@tuesday/mesh/model';
import type { MeshConfig, Resource } from '@tuesday/mesh/manifests';

/** Proxies with the same changes, and these changes. */
export interface Rendered extends Partial<Configuration> {
  /** Workloads, as `Deployment shop/checkout-v1`. */
  proxies: string[];
}

export interface RenderOptions {
  config: MeshConfig;
  /** Only the proxies of this workload. */
  workload?: string | undefined;
}

/**
 * The changes in Envoy that objects make, in addition to `others` that are applied already: for each proxy, every listener,
 * cluster and route configuration that would differ or be missing without them; of route configurations only such virtual
 * hosts.
 */
export function render(objects: readonly Resource[], others: readonly Resource[], options: RenderOptions): Rendered[] {
  const named = new Set(objects.map(idOf));
  const without = others.filter((one) => !named.has(idOf(one)));
  const [before, after] = [without, [...without, ...objects]].map((all) => createMesh(all, options.config)) as [
    Mesh,
    Mesh,
  ];
  const found = after.workloads
    .filter(({ proxy, name }) => proxy !== 'none' && (options.workload ?? name) === name)
    .map((workload) => ({ workload, own: difference(before, after, workload) }))
    .filter(({ own }) => Object.keys(own).length > 0);
  const groups = Map.groupBy(found, ({ own }) => JSON.stringify(own));
  return [...groups.values()].map((group) => ({
    proxies: group.map(({ workload: { kind, namespace, name } }) => `${kind} ${namespace}/${name}`),
    ...group[0]?.own,
  }));
}

function difference(before: Mesh, after: Mesh, workload: Workload): Partial<Configuration> {
  const old = before.workloads.find((one) => idOfWorkload(one) === idOfWorkload(workload));
  const nothing = { listeners: [], clusters: [], routes: [] };
  const was = old === undefined ? nothing : translate(before, old, AS_WRITTEN);
  const is = translate(after, workload, AS_WRITTEN);
  const parts = {
    listeners: others(was.listeners, is.listeners),
    clusters: others(was.clusters, is.clusters),
    routes: others(was.routes, is.routes).map((one) => changedHosts(one, was.routes)),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, list]) => list.length > 0));
}

function others(was: readonly XdsResource[], is: readonly XdsResource[]): XdsResource[] {
  return is.filter((one) => !was.some((known) => known.name === one.name && isDeepStrictEqual(known, one)));
}

interface Host {
  name: string;
}

function changedHosts(configuration: XdsResource, was: readonly XdsResource[]): XdsResource {
  const before = was.find(({ name }) => name === configuration.name);
  const hosts = (configuration['virtual_hosts'] ?? []) as Host[];
  const known = (before?.['virtual_hosts'] ?? []) as Host[];
  return {
    ...configuration,
    virtual_hosts: hosts.filter((host) => !known.some((one) => isDeepStrictEqual(one, host))),
  };
}

const idOf = ({ kind, metadata }: Resource) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
const idOfWorkload = ({ kind, namespace, name }: Workload) => `${kind} ${namespace}/${name}`;
