import type { Resource } from '../manifests/resource.ts';

/** Which object decided a value, and where it stands. */
export interface Because {
  /** `VirtualService shop/recommendations`, or `Istio's default`. */
  object: string;
  /** As the user named the file; '' for a default. */
  file: string;
  /** Counted from 1; 0 for a default. */
  line: number;
}

/** Names the object, and the line of one of its fields (its first line without a path). */
export function because(
  { kind, metadata: { namespace, name }, source, lineOf }: Resource,
  path?: (string | number)[],
): Because {
  const object = `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  return { object, file: source.file, line: path ? lineOf(path) : source.line };
}

/** What holds where no object decides. */
export const BY_DEFAULT: Because = { object: "Istio's default", file: '', line: 0 };
