import { RESOURCE_TYPES, type ResourceType } from '../resource-type.ts';
import type { Versioned, Wanted } from '../resources.ts';
import type { Random } from './random.ts';
import { cluster, listener, payloadOf, resource, wantedOf, type Contents } from './resource.ts';

const NAMES = {
  clusters: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'],
  secrets: ['s1', 's2', 's3'],
  routes: ['r1', 'r2', 'r3'],
  listeners: ['l1', 'l2', 'l3'],
};
/** Few, so that an earlier version comes back. */
const NOTES = 3;

type Draft = Record<ResourceType, Map<string, Versioned>>;

/** A configuration that differs from another one in a few things. Where it may be bad, some new resources are. */
export function changed(before: Wanted, random: Random, mayBeBad: boolean): Wanted {
  const draft = Object.fromEntries(RESOURCE_TYPES.map((type) => [type, new Map(before[type])])) as Draft;
  const changes = [changeCluster, changeCluster, dropOne, changeProvider, changeProvider, changeRoute, changeListener];
  for (let rest = 1 + random.below(5); rest > 0; rest -= 1) random.pick(changes)(draft, random, mayBeBad);
  return complete(draft);
}

/** The same without anything bad. */
export function allGood(all: Wanted): Wanted {
  const good = RESOURCE_TYPES.map((type) => {
    const cure = (one: Versioned) =>
      isGood(one)
        ? one
        : resource(one.name, { note: 99, clusters: payloadOf(one).clusters, references: one.references });
    return [type, new Map([...all[type]].map(([name, one]) => [name, cure(one)]))];
  });
  return complete(Object.fromEntries(good) as Draft);
}

/** Whether Envoy can use a resource by itself. */
export const isGood = (one: Versioned) => one.fault === undefined && !payloadOf(one).isBad;

export const NO_CONFIGURATION = wantedOf({});

function contents(random: Random, mayBeBad: boolean): Contents {
  const note = random.below(NOTES);
  if (!mayBeBad || !random.chance(0.25)) return { note };
  return random.chance(0.3) ? { note, fault: 'no such field' } : { note, isBad: true };
}

const some = (random: Random, all: readonly string[], most: number) => {
  const count = random.below(most + 1);
  return [...new Set(Array.from({ length: count }, () => random.pick(all)))];
};

function put(all: Map<string, Versioned>, one: Versioned): void {
  all.set(one.name, one);
}

function changeCluster({ clusters }: Draft, random: Random, mayBeBad: boolean): void {
  const name = random.pick(NAMES.clusters);
  const endpoints = random.chance(0.2) ? 'shared' : name;
  const secrets = random.chance(0.4) ? some(random, NAMES.secrets, 2) : [];
  put(clusters, cluster(name, { ...contents(random, mayBeBad), endpoints, secrets }));
}

function dropOne(draft: Draft, random: Random): void {
  const all = draft[random.pick(['clusters', 'clusters', 'routes', 'listeners'] as const)];
  if (all.size > 0) all.delete(random.pick([...all.keys()]));
}

/** Only endpoints or a secret change: no cluster does. */
function changeProvider(draft: Draft, random: Random, mayBeBad: boolean): void {
  const all = draft[random.pick(['endpoints', 'secrets'] as const)];
  if (all.size > 0) put(all, resource(random.pick([...all.keys()]), contents(random, mayBeBad)));
}

function changeRoute({ clusters, routes }: Draft, random: Random, mayBeBad: boolean): void {
  const targets = clusters.size === 0 ? [] : some(random, [...clusters.keys()], 3);
  put(routes, resource(random.pick(NAMES.routes), { ...contents(random, mayBeBad), clusters: targets }));
}

function changeListener({ routes, listeners }: Draft, random: Random, mayBeBad: boolean): void {
  const used = routes.size === 0 ? [] : some(random, [...routes.keys()], 2);
  const secrets = random.chance(0.3) ? some(random, NAMES.secrets, 1) : [];
  put(listeners, listener(random.pick(NAMES.listeners), { ...contents(random, mayBeBad), routes: used, secrets }));
}

/** What is named exists, and endpoints and secrets that nothing names do not. */
function complete(draft: Draft): Wanted {
  const { clusters, routes, listeners } = draft;
  for (const one of routes.values()) {
    const payload = payloadOf(one);
    const targets = payload.clusters.filter((name) => clusters.has(name));
    if (targets.length < payload.clusters.length)
      put(
        routes,
        resource(one.name, { ...payload, clusters: targets, ...(one.fault !== undefined && { fault: one.fault }) }),
      );
  }
  for (const { name, references } of listeners.values())
    if (references.some((needed) => needed.type === 'routes' && !routes.has(needed.name))) listeners.delete(name);
  const needed = [...clusters.values(), ...listeners.values()].flatMap(({ references }) => references);
  for (const type of ['endpoints', 'secrets'] as const) {
    const names = new Set(needed.filter((one) => one.type === type).map(({ name }) => name));
    for (const name of names) if (!draft[type].has(name)) put(draft[type], resource(name));
    for (const name of draft[type].keys()) if (!names.has(name)) draft[type].delete(name);
  }
  return draft;
}
