import { hash } from 'node:crypto';
import type { Assignment } from '../../envoy/endpoints.ts';
import type { XdsResource } from '../../envoy/protobuf.ts';
import { encode } from '../../envoy/encoding/encode.ts';
import { perObject } from '../../model/per-object.ts';
import { referencesOf, type Reference } from './references.ts';
import { RESOURCE_TYPES, type ResourceType } from './resource-type.ts';

/** All resources of one proxy. */
export interface ProxyResources {
  listeners: XdsResource[];
  clusters: XdsResource[];
  routes: XdsResource[];
  endpoints: readonly Assignment[];
  secrets: XdsResource[];
}

/** A resource as a proxy gets it. */
export interface Versioned {
  name: string;
  /** The same for the same content. */
  version: string;
  /** The protobuf message; undefined where it cannot be one. */
  bytes: Buffer | undefined;
  /** Why it cannot: the path of a field that Envoy does not have, for example. */
  fault: string | undefined;
  /** The resources without which a proxy does not use it. */
  references: readonly Reference[];
}

/** The resources of one proxy by type and name. */
export type Wanted = Readonly<Record<ResourceType, ReadonlyMap<string, Versioned>>>;

/** The resources of one proxy, encoded. What several proxies have, or have had, is encoded once: it is the same object. */
export function wantedOf(resources: ProxyResources): Wanted {
  const entries = RESOURCE_TYPES.map((type) => {
    const all = resources[type].map(versioned);
    return [type, new Map(all.map((one) => [one.name, one]))];
  });
  return Object.fromEntries(entries) as Wanted;
}

const versioned = perObject(encoded);

function encoded(resource: XdsResource | Assignment): Versioned {
  const name = String('cluster_name' in resource ? resource['cluster_name'] : resource.name);
  const common = { name, references: referencesOf(resource) };
  try {
    const bytes = encode(resource);
    return { ...common, version: versionOf(bytes), bytes, fault: undefined };
  } catch (error) {
    return {
      ...common,
      version: versionOf(JSON.stringify(resource)),
      bytes: undefined,
      fault: (error as Error).message,
    };
  }
}

const versionOf = (content: Buffer | string) => hash('sha256', content, 'base64url').slice(0, 16);
