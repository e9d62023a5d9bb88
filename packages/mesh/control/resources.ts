import type { Assignment } from '../envoy/endpoints.ts';
import type { XdsResource } from '../envoy/protobuf.ts';

/** The types of xDS resources, as in the path of a request: `POST /v3/discovery:clusters`. */
export const RESOURCE_TYPES = ['listeners', 'clusters', 'routes', 'endpoints', 'secrets'] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

/** All resources of one proxy. */
export interface ProxyResources {
  listeners: XdsResource[];
  clusters: XdsResource[];
  routes: XdsResource[];
  endpoints: Assignment[];
  secrets: XdsResource[];
}

/** Resources of one type by name, each as the JSON that Envoy gets. */
export type ResourceTexts = ReadonlyMap<string, string>;

/** A proxy rejected an answer. Over REST it gives no reason: only its own log has it. */
export class Rejected extends Error {
  override readonly name = 'Rejected';
  readonly type: ResourceType;
  /** The resources that had changed since the last acknowledgement: at least one of them is at fault. */
  readonly names: readonly string[];

  constructor(type: ResourceType, names: readonly string[]) {
    super(`The proxy refused ${type}: ${names.join(', ')}.`);
    this.type = type;
    this.names = names;
  }
}

/** The resources of one type as text. */
export function textsOf(resources: readonly (XdsResource | Assignment)[]): ResourceTexts {
  return new Map(resources.map((resource) => [nameOf(resource), JSON.stringify(resource)]));
}

function nameOf(resource: XdsResource | Assignment): string {
  return String('cluster_name' in resource ? resource['cluster_name'] : resource.name);
}
