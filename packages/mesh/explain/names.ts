import { KINDS, type Kind } from '../manifests/kinds/table.ts';
import { closestName } from '../manifests/closest-name.ts';
import type { Ref } from '../manifests/resource.ts';

type KindNames = Omit<Kind, 'versions'>;

/** Kinds that can be shown but not applied. */
const LIVE: readonly KindNames[] = [
  { kind: 'Pod', group: '', plural: 'pods', short: ['po'], namespaced: true },
  { kind: 'Endpoints', group: '', plural: 'endpoints', short: ['ep'], namespaced: true },
];

/** Every kind that `get` shows. */
export const KIND_NAMES: readonly KindNames[] = [...KINDS, ...LIVE];

/**
 * The kind for one of kubectl's names: `deploy`, `deployments`, `Deployment`, `deployments.apps`,
 * `deployment.v1.apps`, `vs`. Undefined for an unknown name.
 */
export function resolveKind(word: string): string | undefined {
  const wanted = word.toLowerCase();
  return KIND_NAMES.find((entry) => namesOf(entry).includes(wanted.replace(/\.v\d\w*(?=\.|$)/, '')))?.kind;
}

/** The name that is most similar to an unknown one, for "did you mean". */
export function closestKind(word: string): string | undefined {
  return closestName(word, KIND_NAMES.flatMap(namesOf));
}

function namesOf({ kind, group, plural, short }: KindNames): string[] {
  const words = [kind.toLowerCase(), plural];
  return [...words, ...short, ...(group === '' ? [] : words.map((word) => `${word}.${group}`))];
}

/** The name of an object as kubectl prints it: `service/checkout`, `deployment.apps/checkout-v1`. */
export function printedName({ kind, name }: Ref): string {
  const group = KIND_NAMES.find((entry) => entry.kind === kind)?.group ?? '';
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`;
}

/** kubectl's line about a change: `deployment.apps/checkout-v1 configured`, `deployment.apps "checkout-v1" deleted`. */
export function printedChange({ ref, change }: { ref: Ref; change: string }): string {
  const [kind, name] = printedName(ref).split('/');
  return change === 'deleted' ? `${kind} "${name}" deleted` : `${kind}/${name} ${change}`;
}
