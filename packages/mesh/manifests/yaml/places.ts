import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { startOf } from './values.ts';

export type Path = readonly (string | number)[];

/** The line of an offset of a text, counted from 1. The lines are looked for once, at the first question. */
export function lineFinder(text: string): (offset: number) => number {
  let ends: number[] | undefined;
  return (offset) => {
    ends ??= [...text.matchAll(/\n/g)].map(({ index }) => index);
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

/**
 * The offset of a field's name or list entry below a document's node, or of its closest parent in the text. The names of a mapping
 * are looked for once, at the first question.
 */
export function placesOf(root: unknown): (path: Path) => number {
  const fields = new Map<YAMLMap, Map<string, Pair>>();
  const fieldOf = (map: YAMLMap, name: string) => {
    const known = fields.get(map) ?? new Map(map.items.map((pair) => [nameOf(pair), pair]));
    fields.set(map, known);
    return known.get(name);
  };
  return (path) => {
    let node = root;
    let offset = startOf(root);
    for (const step of path) {
      if (isMap(node)) {
        const pair = fieldOf(node, String(step));
        if (pair === undefined) break;
        offset = startOf(pair.key) || offset;
        node = pair.value;
      } else if (isSeq(node) && typeof step === 'number') {
        node = node.items[step];
        offset = startOf(node) || offset;
      } else break;
    }
    return offset;
  };
}

const nameOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : '');
