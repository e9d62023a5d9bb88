import { printedName } from '@tuesday/mesh/explain';
import type { KubeObject } from '../shop/objects.ts';

/** An object as `-o json` and `-o yaml` print it: as a cluster would, without its file and line. */
export function plain({ source: _source, ...object }: KubeObject): object {
  return object;
}

/** One object, or several as kubectl's List. */
export function listOf(objects: readonly KubeObject[]): object {
  return { apiVersion: 'v1', items: objects.map(plain), kind: 'List', metadata: { resourceVersion: '' } };
}

/** `pod/x`, `deployment.apps/y`. */
export function nameOf({ kind, metadata }: KubeObject): string {
  return printedName({ kind, name: metadata.name });
}

/** Indented as kubectl does, four spaces. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 4)}\n`;
}

/** Loads the YAML library only here: loading it takes a tenth of a command's time. */
export async function toYaml(value: unknown): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
