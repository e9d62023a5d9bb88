import { KINDS, type Kind } from '../manifests/kinds/table.ts';
import { nearest } from '../manifests/nearest.ts';
import type { Ref } from '../manifests/resource.ts';

/** What `get` knows of a kind: its names. */
export type KindNames = Omit<Kind, 'versions'>;

/** Kinds that are shown but never applied. */
const LIVE: readonly KindNames[] = [
  { kind: 'Pod', group: '', plural: 'pods', short: ['po'], namespaced: true },
  { kind: 'Endpoints', group: '', plural: 'endpoints', short: ['ep'], namespaced: true },
];

/** Every kind that `get` knows. */
export const KIND_NAMES: readonly KindNames[] = [...KINDS, ...LIVE];

/**
 * The kind meant by one of kubectl's words for it: `deploy`, `deployments`, `Deployment`, `deployments.apps`,
 * `deployment.v1.apps`, `vs`. Undefined for a word that kubectl would not know either.
 */
export function resolveKind(word: string): string | undefined {
  const wanted = word.toLowerCase();
  return KIND_NAMES.find((entry) => spellings(entry).includes(wanted.replace(/\.v\d\w*(?=\.|$)/, '')))?.kind;
}

/** The known word nearest to an unknown one, for "did you mean". */
export function nearestKind(word: string): string | undefined {
  return nearest(word, KIND_NAMES.flatMap(spellings));
}

function spellings({ kind, group, plural, short }: KindNames): string[] {
  const words = [kind.toLowerCase(), plural];
  return [...words, ...short, ...(group === '' ? [] : words.map((word) => `${word}.${group}`))];
}

/** kubectl's name of an object in what it prints: `service/checkout`, `deployment.apps/checkout-v1`. */
export function printedName({ kind, name }: Ref): string {
  const group = KIND_NAMES.find((entry) => entry.kind === kind)?.group ?? '';
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`;
}

/** kubectl's line about a change: `deployment.apps/checkout-v1 configured`. */
export function printedChange({ ref, change }: { ref: Ref; change: string }): string {
  return change === 'deleted' ? `${kubectlDeleted(ref)} deleted` : `${printedName(ref)} ${change}`;
}

/** For a deletion kubectl puts the name into quotes: `deployment.apps "checkout-v1" deleted`. */
function kubectlDeleted(ref: Ref): string {
  const [kind, name] = printedName(ref).split('/');
  return `${kind} "${name}"`;
}
