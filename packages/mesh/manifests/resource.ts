import { printable, shortened } from './readable.ts';

/** A place in a file: the name as the user gave it, and the line, counted from 1. */
export interface Source {
  file: string;
  line: number;
}

/** One object of a manifest, checked by the schema of its kind. */
export interface Resource {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    /** Undefined only for a Namespace. */
    namespace?: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
  };
  /** The document as written, with its namespace added and without nulls. */
  body: Record<string, unknown>;
  /** The body as its kind's schema parsed it: `asKind` returns it with its type, `withBody` changes both. */
  typed: unknown;
  /** Parses another body by the schema of its kind. Throws ZodError if the schema rejects it. */
  parse(body: Record<string, unknown>): unknown;
  source: Source;
  /** The line of a field, or of its closest parent that is in the file: `lineOf(['spec', 'replicas'])`. */
  lineOf(path: readonly (string | number)[]): number;
  /** A warning, without full stop, if the file has an older kind (mesh-policy.ts). */
  readAs?: string;
  /** The body that was applied last, where it is not all of `body`: something else has changed the object since. */
  lastApplied?: Record<string, unknown>;
  /** What the store writes into its metadata; absent: not applied yet. */
  stored?: Stored;
  /** When it was first applied, in milliseconds since 1970. Absent: not applied yet. */
  appliedAt?: number;
}

/** What an API server says of an object that it keeps. */
export interface Stored {
  /** Different for an object that was deleted and made again. */
  uid: string;
  /** The number of changes of the object's spec, from 1. */
  generation: number;
  /** Of its last change; the changes of all objects are counted. */
  resourceVersion: string;
}

/** The identity of an object. Only a Namespace has no namespace. */
export interface Ref {
  kind: string;
  namespace?: string;
  name: string;
}

/** The identity of a resource. */
export function refOf({ kind, metadata: { name, namespace } }: Resource): Ref {
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}

/** The same resource with another body. Throws ZodError if the kind's schema rejects the body. */
export function withBody(resource: Resource, body: Record<string, unknown>): Resource {
  return { ...resource, body, typed: resource.parse(body) };
}

/** A manifest that cannot be read. Its message is for the user, and fit for a terminal, whatever the file holds; nothing was applied. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  readonly file: string;
  /** 0 if there is no line, as for a file that cannot be opened. */
  readonly line: number;

  constructor(source: Source, what: string) {
    const place = source.line > 0 ? `${source.file}:${source.line}` : source.file;
    const short = shortened(what);
    super(printable(`${place}: ${short}${/[.?!]$/.test(short) ? '' : '.'} Nothing was changed.`));
    this.file = source.file;
    this.line = source.line;
  }
}
