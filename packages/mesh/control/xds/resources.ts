import { hash } from 'node:crypto';
import type { Assignment } from '../../envoy/endpoints.ts';
import type { XdsResource } from '../../envoy/protobuf.ts';
import { encode } from '../../envoy/encoding/encode.ts';
import { referencesOf, type Reference } from './references.ts';
import { RESOURCE_TYPES, type ResourceType } from './resource-type.ts';

/** All resources of one proxy. */
export interface ProxyResources {
  listeners: XdsResource[];
  clusters: XdsResource[];
  routes: XdsResource[];
  endpoints: Assignment[];
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

/** Encodes the resources of proxies; what several of them have, or have had, is encoded once. */
export interface Encoder {
  wanted(resources: ProxyResources): Wanted;
}

/** So many distinct texts are kept twice over before the older half of them is forgotten. */
const MOST_TEXTS = 20_000;

/** An encoder that remembers nothing yet. */
export function createEncoder(): Encoder {
  const byObject = new WeakMap<object, Versioned>();
  let texts = new Map<string, Versioned>();
  let older = new Map<string, Versioned>();

  function ofText(resource: XdsResource | Assignment): Versioned {
    const text = JSON.stringify(resource);
    const known = texts.get(text) ?? older.get(text) ?? encoded(resource, text);
    texts.set(text, known);
    if (texts.size > MOST_TEXTS) [older, texts] = [texts, new Map()];
    return known;
  }

  function versioned(resource: XdsResource | Assignment): Versioned {
    const known = byObject.get(resource) ?? ofText(resource);
    byObject.set(resource, known);
    return known;
  }

  return {
    wanted(resources) {
      const entries = RESOURCE_TYPES.map((type) => {
        const all = resources[type].map(versioned);
        return [type, new Map(all.map((one) => [one.name, one]))];
      });
      return Object.fromEntries(entries) as Wanted;
    },
  };
}

function encoded(resource: XdsResource | Assignment, text: string): Versioned {
  const name = String('cluster_name' in resource ? resource['cluster_name'] : resource.name);
  const version = hash('sha256', text, 'base64url').slice(0, 16);
  const common = { name, version, references: referencesOf(resource) };
  try {
    return { ...common, bytes: encode(resource), fault: undefined };
  } catch (error) {
    return { ...common, bytes: undefined, fault: (error as Error).message };
  }
}
