import type { ResourceType } from '../resource-type.ts';
import type { Versioned, Wanted } from '../resources.ts';
import { isGood } from './configuration.ts';
import { isUsable } from './rules.ts';
import type { EnvoyView } from './envoy-view.ts';

const TYPES = ['clusters', 'endpoints', 'secrets', 'routes', 'listeners'] as const;

/** By what an Envoy differs from a fresh one, although both were given `wanted` and nothing moves any more. */
export function differences(
  found: EnvoyView,
  fresh: EnvoyView,
  { wanted, good }: { wanted: Wanted; good: ReadonlySet<string> },
): string[] {
  const isAllGood = TYPES.every((type) => [...wanted[type].values()].every(isGood));

  // What is in use in place of a refused route or listener may name clusters that nobody wants: they stay.
  const refusesUser = (['routes', 'listeners'] as const).some((type) =>
    [...wanted[type].values()].some((one) => !isUsable(wanted, one)),
  );

  function isRight(type: ResourceType, key: string): boolean {
    const [has, expected] = [found[type].get(key), fresh[type].get(key)];
    if (has === expected) return true;
    const isOwner = type === 'clusters' || type === 'listeners';
    const name = key.split(' ').at(-1)!;
    const one = wanted[type].get(name);
    if (expected === undefined && found.unnamed.length > 0 && (!isOwner || found.unnamed.includes(`${type} ${key}`)))
      return true;
    if (isAllGood) return false;
    if (one === undefined) return !isOwner || (type === 'clusters' && refusesUser);
    if (!isUsable(wanted, one)) return has === undefined || good.has(`${type} ${name} ${has}`);
    return isOwner ? waitsForBad(wanted, one) : has === undefined || has === one.version;
  }

  const wrong = TYPES.flatMap((type) =>
    [...new Set([...found[type].keys(), ...fresh[type].keys()])]
      .filter((key) => !isRight(type, key))
      .map((key) => `${type} ${key} ${found[type].get(key)} instead of ${fresh[type].get(key)}`),
  );
  const waiting = found.warming.filter((one) => {
    const [type, name] = one.split(' ') as ['clusters' | 'listeners', string];
    const owner = wanted[type].get(name);
    if (type === 'listeners' && found.unnamed.includes(one)) return false;
    return (
      isAllGood ||
      type === 'clusters' ||
      owner === undefined ||
      (isUsable(wanted, owner) && !waitsForBad(wanted, owner))
    );
  });
  return [...wrong, ...waiting.map((one) => `${one} still waiting`)];
}

/** A listener waits for a route that is refused, and the one of before stays in use. */
function waitsForBad(wanted: Wanted, { references }: Versioned): boolean {
  return references.some(({ type, name }) => type === 'routes' && !isGood(wanted.routes.get(name)!));
}
