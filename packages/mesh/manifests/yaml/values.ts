import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { MOST_BYTES, MOST_VALUES } from './limits.ts';
import type { Fail } from './tokens.ts';

/** A node as a value, and what it comes to with its aliases written out. */
interface Built {
  value: unknown;
  values: number;
  bytes: number;
}

/**
 * The value of a document's node, by one walk over its nodes. Calls `fail`, with the place and the end of a sentence, for what kubectl
 * does not read either: a key that stands twice or is no scalar, an alias without an anchor or within its own, and aliases
 * that come to too much. An object that several aliases name is the same one in each of their places.
 */
export function valueOf(root: unknown, fail: Fail): unknown {
  return new Values(fail).of(root).value;
}

class Values {
  private readonly fail: Fail;
  /** The last node of each anchor so far. */
  private readonly anchored = new Map<string, Node>();
  private readonly built = new Map<Node, Built>();

  constructor(fail: Fail) {
    this.fail = fail;
  }

  of(node: unknown): Built {
    if (isAlias(node)) return this.named(node.source, startOf(node));
    if (!isNode(node)) return { value: null, values: 1, bytes: 4 };
    const { anchor } = node as { anchor?: string };
    if (anchor) this.anchored.set(anchor, node);
    const built = isMap(node) ? this.mapping(node) : isSeq(node) ? this.list(node.items) : this.scalar(node);
    this.built.set(node, this.limited(built, startOf(node)));
    return built;
  }

  private named(anchor: string, offset: number): Built {
    const target = this.anchored.get(anchor);
    if (target === undefined) return this.fail(offset, `"*${anchor}" names no "&${anchor}" above it`);
    return this.built.get(target) ?? this.fail(offset, `"*${anchor}" stands within what it names`);
  }

  private scalar(node: Node): Built {
    const value = isScalar(node) ? node.value : undefined;
    if (typeof value === 'string') return { value, values: 1, bytes: value.length };
    if (value === null || typeof value === 'number' || typeof value === 'boolean')
      return { value, values: 1, bytes: 4 };
    return this.fail(startOf(node), `the tag ${node.tag ?? ''} is not modelled locally`);
  }

  private list(items: readonly unknown[]): Built {
    const value: unknown[] = [];
    const list = { value, values: 1, bytes: 2 };
    for (const item of items) value.push(this.added(list, this.of(item), startOf(item)));
    return list;
  }

  private mapping(node: YAMLMap): Built {
    const value: Record<string, unknown> = {};
    const mapping = { value, values: 1, bytes: 2 };
    const own = new Set<string>();
    for (const pair of node.items) {
      const offset = startOf(pair.key) || startOf(node);
      const name = isMerge(pair.key) ? '<<' : this.nameOf(pair.key, offset);
      if (own.has(name)) this.fail(offset, `${JSON.stringify(name)} stands twice in the same mapping`);
      own.add(name);
      mapping.bytes += name.length;
      if (!isMerge(pair.key)) value[name] = this.added(mapping, this.of(pair.value), offset);
      else for (const source of this.merged(pair.value)) complete(value, this.added(mapping, source, offset) as object);
    }
    return mapping;
  }

  private nameOf(key: unknown, offset: number): string {
    if (!isScalar(key) || key.value === null) return this.fail(offset, 'a key must be a text, not a list or a mapping');
    const name = String(this.of(key).value);
    // An assignment to it would change what the object inherits. No field has this name; a key of a ConfigMap could.
    return name === '__proto__' ? this.fail(offset, '"__proto__" is not modelled locally as a key') : name;
  }

  /** The mappings of `<<`, of which an earlier one overrules a later one. */
  private merged(node: unknown): Built[] {
    const all = isSeq(node) ? node.items : [node];
    return all.map((one) => {
      const source = this.of(one);
      const { value } = source;
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return source;
      return this.fail(startOf(one) || startOf(node), '"<<" takes a mapping, or a list of mappings');
    });
  }

  /** Counts a value as a part of another one, and gives it. */
  private added(whole: Built, { value, values, bytes }: Built, offset: number): unknown {
    whole.values += values;
    whole.bytes += bytes + 1;
    this.limited(whole, offset);
    return value;
  }

  private limited(built: Built, offset: number): Built {
    if (built.values > MOST_VALUES) this.fail(offset, `more than ${MOST_VALUES} values come together here`);
    if (built.bytes > MOST_BYTES) this.fail(offset, `more than ${MOST_BYTES / 1024 / 1024} MiB come together here`);
    return built;
  }
}

/** Whether a key is `<<` without quotes: YAML 1.1 has a value of its own for it. */
function isMerge(key: unknown): boolean {
  return isScalar(key) && typeof key.value === 'symbol';
}

/** Adds the fields of another object that this one does not have. */
function complete(object: Record<string, unknown>, other: object): void {
  for (const [name, value] of Object.entries(other)) if (!Object.hasOwn(object, name)) object[name] = value;
}

/** Where a node begins in the text; 0 for what is no node. */
export function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
