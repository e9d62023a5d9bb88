import type { ResourceType } from '../resource-type.ts';
import type { Versioned } from '../resources.ts';

/** What an Envoy has, as names and versions. */
export interface EnvoyView {
  clusters: Map<string, string>;
  /** The endpoints of each active cluster. */
  endpoints: Map<string, string>;
  /** Routes and secrets that an active or warming resource names; a route is in use where an active listener names it. */
  routes: Map<string, string>;
  secrets: Map<string, string>;
  listeners: Map<string, string>;
  /** Routes in use. */
  inUse: Map<string, Versioned>;
  /** Clusters and listeners that wait, as `clusters a`. */
  warming: string[];
  /** Clusters and listeners of a response that was refused, which a reconnect does not name: `clusters a`. */
  unnamed: string[];
}

/** A cluster or listener, active or warming. */
export interface Owner {
  one: Versioned;
  /** What it waits for, as `endpoints a`. */
  waits: Set<string>;
  /** The versions of its endpoints. */
  endpoints: Map<string, string>;
}

/** A route or secret, shared by all that name it. */
export interface Provider {
  one: Versioned | undefined;
  /** Whether it holds up nobody. */
  isReady: boolean;
}

export type OwnerType = 'clusters' | 'listeners';

interface Inside {
  active: Readonly<Record<OwnerType, ReadonlyMap<string, Owner>>>;
  warming: Readonly<Record<OwnerType, ReadonlyMap<string, Owner>>>;
  /** By type and name, as `routes r`. */
  providers: ReadonlyMap<string, Provider>;
  /** Whether a reconnect would name this resource. */
  isNamed: (type: ResourceType, name: string) => boolean;
}

/** What an Envoy has, of its inner state. */
export function viewOf({ active, warming, providers, isNamed }: Inside): EnvoyView {
  const provided = (type: ResourceType) =>
    [...providers].flatMap(([key, { one }]) => (key.startsWith(`${type} `) && one !== undefined ? [one] : []));
  const versions = (all: readonly Versioned[]) => new Map(all.map(({ name, version }) => [name, version]));
  const used = new Set([...active.listeners.values()].flatMap(({ one }) => one.references.map(({ name }) => name)));
  const ownerTypes = ['clusters', 'listeners'] as const;
  return {
    clusters: versions([...active.clusters.values()].map(({ one }) => one)),
    endpoints: new Map(
      [...active.clusters.values()].flatMap(({ one, endpoints }) =>
        [...endpoints].map(([name, version]) => [`${one.name} ${name}`, version]),
      ),
    ),
    routes: versions(provided('routes')),
    secrets: versions(provided('secrets')),
    listeners: versions([...active.listeners.values()].map(({ one }) => one)),
    inUse: new Map(
      provided('routes')
        .filter(({ name }) => used.has(name))
        .map((one) => [one.name, one]),
    ),
    warming: ownerTypes.flatMap((type) => [...warming[type].keys()].map((name) => `${type} ${name}`)),
    unnamed: ownerTypes.flatMap((type) =>
      [...active[type].values(), ...warming[type].values()]
        .filter(({ one }) => !isNamed(type, one.name))
        .map(({ one }) => `${type} ${one.name}`),
    ),
  };
}
