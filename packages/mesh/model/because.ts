import type { Resource } from '../manifests/resource.ts';

/** The object that decided a value, with file and line. */
export interface Because {
  /** `VirtualService shop/recommendations`, or `Istio's default`. */
  object: string;
  /** As the user named the file; '' for a default. */
  file: string;
  /** Counted from 1; 0 for a default. */
  line: number;
}

/** The object, with the line of one of its fields; without a path, its first line. */
export function because(
  { kind, metadata: { namespace, name }, source, lineOf }: Resource,
  path?: (string | number)[],
): Because {
  const object = `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  return { object, file: source.file, line: path ? lineOf(path) : source.line };
}

/** The origin of a value that no object sets. */
export const BY_DEFAULT: Because = { object: "Istio's default", file: '', line: 0 };
