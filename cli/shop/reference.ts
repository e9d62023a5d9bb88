import { KIND_NAMES, closestKind, resolveKind } from '@tuesday/mesh/explain';
import type { Cli } from '../cli.ts';
import { Failure } from '../../places/failure.ts';
import type { KubeObject } from './objects.ts';

/** A kind as in a manifest, and a name. */
export interface ObjectName {
  kind: string;
  name: string;
}

/** The kind for a word of the user, such as `po`; throws kubectl's sentence for an unknown one, with the nearest known word. */
export function kindOf(word: string): string {
  const kind = resolveKind(word);
  if (kind !== undefined) return kind;
  const near = closestKind(word);
  const hint = near === undefined ? '' : `. Did you mean "${near}"?`;
  throw new Failure(`error: the server doesn't have a resource type "${word}"${hint}`);
}

/** `deploy/checkout-v1` or `deploy checkout-v1 …` as kinds and names; throws Failure where the name is missing. */
export function parseNames(words: readonly string[]): ObjectName[] {
  const [first = '', ...rest] = words;
  if (words.some((word) => word.includes('/'))) return words.map(parseSlashed);
  const kind = kindOf(first);
  if (rest.length === 0) throw new Failure('error: resource(s) were provided, but no name was specified');
  return rest.map((name) => ({ kind, name }));
}

/** `KIND/NAME` as kind and name; throws Failure for any other form. */
export function parseSlashed(word: string): ObjectName {
  const [kind = '', name = '', ...more] = word.split('/');
  if (kind === '' || name === '' || more.length > 0)
    throw new Failure(`error: arguments in resource/name form must have a single resource and name, not "${word}"`);
  return { kind: kindOf(kind), name };
}

/** kubectl's sentence about an object that does not exist. */
export function notFound({ kind, name }: ObjectName): Failure {
  const entry = KIND_NAMES.find((names) => names.kind === kind);
  const plural = entry?.plural ?? `${kind.toLowerCase()}s`;
  const group = entry?.group ? `.${entry.group}` : '';
  return new Failure(`Error from server (NotFound): ${plural}${group} "${name}" not found`);
}

/** An object by kind and name; undefined where there is none. */
export async function findOne(
  cli: Cli,
  { kind, name }: ObjectName,
  namespace: string,
): Promise<KubeObject | undefined> {
  const scope = KIND_NAMES.find((names) => names.kind === kind)?.namespaced === false ? undefined : namespace;
  const found = await cli.api.find<KubeObject[]>('/resources', { kind, namespace: scope, name });
  return found?.find((one) => one.metadata.name === name);
}

/** As `findOne`, but throws `notFound` where there is no such object. */
export async function fetchOne(cli: Cli, named: ObjectName, namespace: string): Promise<KubeObject> {
  const found = await findOne(cli, named, namespace);
  if (found === undefined) throw notFound(named);
  return found;
}
