import type { DiscoveryRequest, DiscoveryResponse } from '../discovery.ts';
import type { ResourceType } from '../resource-type.ts';
import type { Versioned } from '../resources.ts';
import { createClientStream } from './client-stream.ts';
import { viewOf, type EnvoyView, type Owner, type OwnerType, type Provider } from './envoy-view.ts';
import type { Random } from './random.ts';
import { payloadOf } from './resource.ts';

/** A proxy without a network, as far as the control plane notices it. */
export interface SimulatedEnvoy {
  connect(write: (request: DiscoveryRequest) => void): void;
  disconnect(): void;
  receive(response: DiscoveryResponse): void;
  /** What traffic meets now. */
  view(): EnvoyView;
}

type Used = Pick<DiscoveryResponse, 'resources' | 'removed'>;
const NOTHING: Used = { resources: [], removed: [] };

/**
 * An Envoy that has just started. It warms, refuses and keeps back as the real one does; where that depends on the kind
 * of the fault, `random` decides. Source: Envoy, cluster_manager_impl.cc, cds_api_helper.cc, eds.cc, lds_api.cc,
 * listener_manager_impl.cc, rds_route_config_subscription.cc, sds_api.cc; docs of the protocol, "Resource warming".
 */
export function startSimulatedEnvoy(node: string, random: Random): SimulatedEnvoy {
  const stream = createClientStream(node);
  const active = { clusters: new Map<string, Owner>(), listeners: new Map<string, Owner>() };
  const warming = { clusters: new Map<string, Owner>(), listeners: new Map<string, Owner>() };
  const providers = new Map<string, Provider>();
  const users = new Map<string, number>();
  let hasClusters = false;
  let isStarted = false;
  stream.watch('clusters');

  const owners = (type: OwnerType) => [...active[type].values(), ...warming[type].values()];

  function acquire(one: Versioned): Owner {
    const waits = new Set<string>();
    for (const { type, name } of one.references) {
      const key = `${type} ${name}`;
      const count = users.get(key) ?? 0;
      users.set(key, count + 1);
      if (count === 0) stream.add(type, name);
      if (count === 0 && type !== 'endpoints') providers.set(key, { one: undefined, isReady: false });
      if (providers.get(key)?.isReady !== true) waits.add(key);
    }
    return { one, waits, endpoints: new Map() };
  }

  function release(owner: Owner | undefined): void {
    for (const { type, name } of owner?.one.references ?? []) {
      const key = `${type} ${name}`;
      const count = users.get(key)! - 1;
      users.set(key, count);
      if (count > 0) continue;
      users.delete(key);
      providers.delete(key);
      stream.remove(type, name);
    }
  }

  /** A resource that is there already in this version is skipped; the old version is used until the new one is warm. */
  function update(type: OwnerType, one: Versioned): void {
    const [now, next] = [active[type].get(one.name), warming[type].get(one.name)];
    const isActive = now?.one.version === one.version;
    if (next?.one.version === one.version || (isActive && next === undefined)) return;
    if (type === 'listeners' && isActive) return drop(warming.listeners, one.name);
    // A cluster that is replaced while it warms gives up its endpoints first: they are asked for once more.
    if (type === 'clusters') drop(warming.clusters, one.name);
    warming[type].set(one.name, acquire(one));
    if (type === 'listeners') release(next);
  }

  function drop(all: Map<string, Owner>, name: string): void {
    const owner = all.get(name);
    all.delete(name);
    release(owner);
  }

  function use(type: ResourceType, { resources, removed }: Used, isRefused: boolean): void {
    if (type === 'clusters' || type === 'listeners') {
      for (const one of resources) if (type === 'clusters') update(type, one);
      for (const name of removed) for (const all of [active[type], warming[type]]) drop(all, name);
      for (const one of resources) if (type === 'listeners') update(type, one);
    } else if (type === 'endpoints') {
      const versions = new Map(resources.map(({ name, version }) => [name, version]));
      for (const { waits, endpoints, one } of owners('clusters'))
        for (const { name } of one.references.filter((reference) => reference.type === 'endpoints')) {
          if (versions.has(name)) endpoints.set(name, versions.get(name)!);
          if (isRefused || versions.has(name) || removed.includes(name)) waits.delete(`endpoints ${name}`);
        }
    } else {
      for (const [key, provider] of providers) {
        if (!key.startsWith(`${type} `)) continue;
        const name = key.slice(type.length + 1);
        provider.one = resources.find((one) => one.name === name) ?? provider.one;
        // The real one ignores that a route is removed, and waits on; a refusal ends every wait of the type.
        const isAnswer = resources.includes(provider.one!) || (type === 'secrets' && removed.includes(name));
        provider.isReady ||= isRefused || isAnswer;
      }
    }
  }

  function settle(type: OwnerType): void {
    for (const [name, owner] of warming[type]) {
      for (const key of owner.waits) if (providers.get(key)?.isReady === true) owner.waits.delete(key);
      if (owner.waits.size > 0) continue;
      const old = active[type].get(name);
      warming[type].delete(name);
      active[type].set(name, owner);
      release(old);
    }
  }

  /** What of a response is used although one of it is bad. */
  function rest({ type, resources, removed }: DiscoveryResponse): Used {
    if (random.chance(0.5)) return NOTHING;
    const isOwner = type === 'clusters' || type === 'listeners';
    const firstBad = resources.findIndex((one) => payloadOf(one).isBad);
    if (!isOwner) return { resources: resources.slice(0, firstBad), removed: [] };
    return { resources: resources.filter((one) => !payloadOf(one).isBad), removed };
  }

  return {
    connect: stream.open,
    disconnect: stream.close,
    receive(response) {
      const { type } = response;
      const bad = response.resources.find((one) => payloadOf(one).isBad);
      use(type, bad === undefined ? response : rest(response), bad !== undefined);
      settle('clusters');
      settle('listeners');
      hasClusters ||= type === 'clusters';
      if (isStarted) stream.pause('clusters', warming.clusters.size > 0);
      if (hasClusters && warming.clusters.size === 0 && !isStarted) {
        isStarted = true;
        stream.watch('listeners');
      }
      stream.answer(response, bad && `${bad.name} is bad`);
    },
    view: () => viewOf({ active, warming, providers, isNamed: stream.has }),
  };
}
