import type { DiscoveryResponse } from '../discovery.ts';
import type { ResourceType } from '../resource-type.ts';
import type { Versioned, Wanted } from '../resources.ts';
import { isGood } from './configuration.ts';
import { payloadOf } from './resource.ts';
import type { EnvoyView } from './envoy-view.ts';

/** What must hold for one Envoy after every message. Each function throws an Error that says which rule is broken. */
export interface Rules {
  pushed(wanted: Wanted): void;
  beginTrial(wanted: Wanted | undefined): void;
  sent(response: DiscoveryResponse, when: Sent): void;
  received(before: EnvoyView, after: EnvoyView, wanted: Wanted): void;
  /** Every version that was pushed and is good, as `type name version`. */
  good: ReadonlySet<string>;
}

/** The moment at which a response is sent. */
interface Sent {
  wanted: Wanted;
  unanswered: ReadonlyMap<ResourceType, string>;
  isTrial: boolean;
}

/** The rules for an Envoy that was given nothing yet. */
export function createRules(): Rules {
  const good = new Set<string>();
  /** Routes with a cluster that was bad in the same push: `version cluster`. Such a route may be used without it. */
  const excused = new Set<string>();
  let beforeTrial: Wanted | undefined;

  const isNew = (type: ResourceType, one: Versioned) => beforeTrial?.[type].get(one.name)?.version !== one.version;

  /** Whether a route is new since the trial began, and names a cluster that is bad since then. */
  function isOfFailedTrial(wanted: Wanted, route: Versioned): boolean {
    if (beforeTrial === undefined || !isNew('routes', route)) return false;
    const targets = payloadOf(route).clusters.map((name) => wanted.clusters.get(name));
    return targets.some((one) => one !== undefined && !isUsable(wanted, one) && isNew('clusters', one));
  }

  return {
    good,
    pushed(wanted) {
      for (const [type, all] of Object.entries(wanted))
        for (const one of all.values()) if (isGood(one)) good.add(`${type} ${one.name} ${one.version}`);
      for (const route of wanted.routes.values())
        for (const name of payloadOf(route).clusters) {
          const target = wanted.clusters.get(name);
          if (target === undefined || isUsable(wanted, target)) continue;
          excused.add(`${route.version} ${name}`);
        }
    },
    beginTrial: (wanted) => void (beforeTrial = wanted),
    sent({ type, resources }, { wanted, unanswered, isTrial }) {
      if (unanswered.has(type))
        throw new Error(`A second response of ${type} is sent before the first one is answered.`);
      if (isTrial && type === 'routes' && resources.some((one) => isOfFailedTrial(wanted, one)))
        throw new Error('A route of a trial is sent, and names a cluster that is refused.');
      for (const { name, references } of resources)
        for (const needed of references)
          if (wanted[needed.type].get(needed.name)?.bytes === undefined)
            throw new Error(
              `${name} of ${type} is sent, and needs ${needed.name} of ${needed.type}, which is not wanted.`,
            );
    },
    received(before, after, wanted) {
      for (const [name, route] of after.inUse) {
        const isFresh = before.inUse.get(name)?.version !== route.version;
        for (const target of payloadOf(route).clusters) {
          if (after.clusters.has(target)) continue;
          if (isFresh && !excused.has(`${route.version} ${target}`))
            throw new Error(`The route ${name} is used before its cluster ${target}.`);
          if (before.clusters.has(target) && !mayKeepOldRoutes(wanted, after))
            throw new Error(`The cluster ${target} goes while the route ${name} uses it.`);
        }
      }
    },
  };
}

/** Whether the cluster is good, and everything that it needs can be sent. */
export function isUsable(wanted: Wanted, one: Versioned): boolean {
  return isGood(one) && one.references.every(({ type, name }) => wanted[type].get(name)?.bytes !== undefined);
}

/**
 * A route or listener that is refused leaves the one of before in use, whose clusters are not wanted any more. So does a
 * listener of which the control plane does not know.
 */
function mayKeepOldRoutes(wanted: Wanted, { unnamed }: EnvoyView): boolean {
  if (unnamed.some((one) => one.startsWith('listeners '))) return true;
  return (['routes', 'listeners', 'secrets'] as const).some((type) =>
    [...wanted[type].values()].some((one) => !isGood(one)),
  );
}
