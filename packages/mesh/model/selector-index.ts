import { type Labels, type Pod, matches } from '../manifests/labels.ts';

/** A selector with the namespace of the pods that it can select. */
export interface Selector {
  namespace: string;
  selector: Labels;
}

/**
 * Finds the objects that select a pod, in their order. Each object is kept under one label of its selector, the one that
 * the fewest selectors have: a pod is compared only with the objects that are kept under its own labels.
 */
export function selectorIndex<T>(all: readonly T[], selectorOf: (one: T) => Selector): (pod: Pod) => T[] {
  const entries = all.map((one, place) => {
    const { namespace, selector } = selectorOf(one);
    return { one, place, selector, keys: keysOf(namespace, selector) };
  });
  const uses = new Map<string, number>();
  for (const key of entries.flatMap(({ keys }) => keys)) uses.set(key, (uses.get(key) ?? 0) + 1);
  const rarer = (a: string, b: string) => ((uses.get(b) ?? 0) > (uses.get(a) ?? 0) ? a : b);
  const byKey = Map.groupBy(entries, ({ keys }) => keys.reduce(rarer));
  return ({ namespace, labels }) =>
    keysOf(namespace, labels)
      .flatMap((key) => byKey.get(key) ?? [])
      .filter(({ selector }) => matches(labels, selector))
      .sort((a, b) => a.place - b.place)
      .map(({ one }) => one);
}

/** One key for each label, after one for the namespace alone: an empty selector has no other. */
function keysOf(namespace: string, labels: Labels): string[] {
  return [[namespace], ...Object.entries(labels).map((label) => [namespace, ...label])].map((key) =>
    JSON.stringify(key),
  );
}
