import { type Change, type RefusedBy, type TriedRefusal, takenPort } from '@tuesday/mesh/control';
import { ManifestError, type Resource } from '@tuesday/mesh/manifests';
import { podNameOf } from '../pods/pod-name.ts';

const named = ({ kind, metadata: { namespace, name } }: Resource) =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** So many pods are named in a sentence. */
const MOST_PODS = 3;

/**
 * The error for objects that Envoys refuse: the place of the object at fault, the pods, and Envoy's own reason. Where several
 * of the changed objects meet in what is refused, all of them are named.
 */
export function refusedByEnvoys(
  rejected: readonly TriedRefusal[],
  { changes, podOf }: { changes: readonly Pick<Change, 'resource' | 'change'>[]; podOf(node: string): string },
): ManifestError {
  const { reason = '', objects = [] } = rejected[0] ?? {};
  const changed = changes.filter(({ change }) => change !== 'unchanged').map(({ resource }) => resource);
  const [first, ...others] = quotedIn(reason, objects.length > 0 ? objects : changed);
  const who = envoysOf(rejected.map(({ node }) => podOf(node)));
  const places = others.map((one) => `${named(one)} (${one.source.file}:${one.source.line})`);
  const together = places.length === 0 ? '' : `, together with ${places.join(', ')},`;
  const what = `${first === undefined ? 'it' : named(first)}${together} is refused by the ${who}: ${reason}`;
  return new ManifestError(first?.source ?? { file: '', line: 0 }, what);
}

/** Envoy's reason often quotes the value at fault: the objects that have most of its words, or else all of them. */
function quotedIn(reason: string, objects: readonly Resource[]): readonly Resource[] {
  const words = reason.match(/[^\s:,'"]{3,}/g) ?? [];
  const quoted = objects.map(({ body }) => words.filter((word) => JSON.stringify(body).includes(word)).length);
  return objects.filter((_object, index) => quoted[index] === Math.max(...quoted));
}

/** `Envoys of a, b`: of the first few pods, without repetition. */
function envoysOf(names: readonly string[]): string {
  const pods = [...new Set(names)].sort();
  const more = pods.length > MOST_PODS ? ` and ${pods.length - MOST_PODS} more` : '';
  return `Envoy${pods.length === 1 ? '' : 's'} of ${pods.slice(0, MOST_PODS).join(', ')}${more}`;
}

/** The sentence for a start that cannot succeed: an Envoy refuses a part of its first configuration. Undefined where none does. */
export function refusedAtStart(
  refusals: readonly RefusedBy[],
  pods: Parameters<typeof podNameOf>[1],
): string | undefined {
  const [first] = refusals.filter(({ reason }) => takenPort(reason) === undefined);
  if (first === undefined) return undefined;
  const same = refusals.filter(({ type, name }) => type === first.type && name === first.name);
  const who = envoysOf(same.map(({ node }) => podNameOf(node, pods)));
  return `The ${who} refuse${same.length === 1 ? 's' : ''} ${first.type} ${first.name}: ${first.reason}`;
}
