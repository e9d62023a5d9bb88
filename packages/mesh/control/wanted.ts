import type { Assignment } from '../envoy/endpoints.ts';
import type { Named } from '../envoy/protobuf.ts';

/** What a proxy asks for, as the path of its request says it: `POST /v3/discovery:clusters`. */
export const TYPES = ['listeners', 'clusters', 'routes', 'endpoints', 'secrets'] as const;
export type Type = (typeof TYPES)[number];

/** Everything that one proxy shall have. */
export interface Wanted {
  listeners: Named[];
  clusters: Named[];
  routes: Named[];
  endpoints: Assignment[];
  secrets: Named[];
}

/** Resources of one type by name, each as the JSON that Envoy gets. */
export type Texts = ReadonlyMap<string, string>;

/** A proxy refused what it was sent. Why, only its own log says. */
export class Rejected extends Error {
  override readonly name = 'Rejected';
  readonly type: Type;
  /** What had changed since the proxy last agreed: one of them is at fault. */
  readonly names: readonly string[];

  constructor(type: Type, names: readonly string[]) {
    super(`The proxy refused ${type}: ${names.join(', ')}.`);
    this.type = type;
    this.names = names;
  }
}

/** The resources of one type as text. */
export function textsOf(resources: readonly (Named | Assignment)[]): Texts {
  return new Map(resources.map((resource) => [nameOf(resource), JSON.stringify(resource)]));
}

function nameOf(resource: Named | Assignment): string {
  return String('cluster_name' in resource ? resource['cluster_name'] : resource.name);
}
