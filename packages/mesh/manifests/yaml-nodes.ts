import { isAlias, isMap, isNode, isPair, isScalar, isSeq, visit, type Document } from 'yaml';

/** Aliases may make a small text as large as this many values; the shop's largest file has a hundredth of it. */
const MOST_VALUES = 100_000;

type Fail = (offset: number, what: string) => never;

/**
 * Calls `fail`, with the place and the end of a sentence, for what kubectl does not read either: a key that stands twice or is no
 * scalar, an alias without an anchor or within its own, and aliases that multiply without bounds.
 */
export function checkNodes(document: Document.Parsed, fail: Fail): void {
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key))
          return fail(startOf(key) ?? startOf(map) ?? 0, 'a key must be a text, not a list or a mapping');
        const name = String(key.value);
        if (seen.has(name)) fail(startOf(key) ?? 0, `${JSON.stringify(name)} stands twice in the same mapping`);
        seen.add(name);
      }
      return undefined;
    },
    Alias(_, alias, path) {
      const target = alias.resolve(document);
      if (target === undefined) fail(startOf(alias) ?? 0, `"*${alias.source}" names no "&${alias.source}" above it`);
      if (path.includes(target as never)) fail(startOf(alias) ?? 0, `"*${alias.source}" stands within what it names`);
    },
  });
  if (sizeOf(document.contents, document, new Map()) > MOST_VALUES)
    fail(startOf(document.contents) ?? 0, `its aliases come to more than ${MOST_VALUES} values`);
}

/** How many values a node has with its aliases written out; each node is counted once. */
function sizeOf(node: unknown, document: Document.Parsed, known: Map<unknown, number>): number {
  const counted = known.get(node);
  if (counted !== undefined) return counted;
  const inner = isAlias(node)
    ? [node.resolve(document)]
    : isPair(node)
      ? [node.value]
      : isMap(node) || isSeq(node)
        ? (node.items as unknown[])
        : [];
  const size = inner.reduce<number>((sum, one) => sum + sizeOf(one, document, known), isNode(node) ? 1 : 0);
  known.set(node, size);
  return size;
}

/** Where a node begins in the text; undefined for what is no node. */
export function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
