/** Where something stands: the file as the user named it, and the line, counted from 1. */
export interface Source {
  file: string;
  line: number;
}

export interface Metadata {
  name: string;
  /** Always there for a namespaced kind, never for a Namespace. */
  namespace?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** One object of a manifest, checked against the subset of its kind that this mesh models. */
export interface Resource {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  /** The document as written, with its namespace filled in and nulls left out. */
  body: Record<string, unknown>;
  /** The body as the schema of its kind read it; `asKind` gives it its type, and `withBody` changes both. */
  typed: unknown;
  source: Source;
  /** Line of a field, or of the nearest parent that is written down: `lineOf(['spec', 'replicas'])`. */
  lineOf(path: readonly (string | number)[]): number;
  /** A sentence, without its full stop, where the file has a kind that is read as another one (legacy.ts). */
  readAs?: string;
  /** When it was first applied, in milliseconds since 1970; kept when it is applied again. Absent: only read so far. */
  appliedAt?: number;
}

/** Names one object. A Namespace has no namespace; every other kind has one. */
export interface Ref {
  kind: string;
  namespace?: string;
  name: string;
}

/** What names a resource. */
export function refOf({ kind, metadata: { name, namespace } }: Resource): Ref {
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}

/** A manifest that cannot be read. Its message is the whole sentence for the user; nothing was applied. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  readonly file: string;
  /** 0 where no line can be named, as for a file that cannot be opened. */
  readonly line: number;

  constructor(source: Source, what: string) {
    const place = source.line > 0 ? `${source.file}:${source.line}` : source.file;
    super(`${place}: ${what}${/[.?!]$/.test(what) ? '' : '.'} Nothing was changed.`);
    this.file = source.file;
    this.line = source.line;
  }
}
