import type { Reference } from '../references.ts';
import { RESOURCE_TYPES, type ResourceType } from '../resource-type.ts';
import type { Versioned, Wanted } from '../resources.ts';

/** What a simulated Envoy reads in the bytes of a resource. */
export interface Payload {
  note: number;
  /** Envoy refuses it. */
  isBad: boolean;
  /** The clusters to which a route leads. */
  clusters: readonly string[];
}

/** What a resource of a test may say; without it, it is good and needs nothing. */
export interface Contents extends Partial<Payload> {
  references?: readonly Reference[];
  /** It is no message of Envoy's. */
  fault?: string;
}

/** A resource of a test. Its version follows from its contents. */
export function resource(name: string, contents: Contents = {}): Versioned {
  const { note = 0, isBad = false, clusters = [], references = [], fault } = contents;
  const text = JSON.stringify({ note, isBad, clusters } satisfies Payload);
  const bytes = fault === undefined ? Buffer.from(text) : undefined;
  const needs = references.map(({ type, name: needed }) => `${type} ${needed}`).join();
  return { name, version: `${text}${needs}${fault ?? ''}`, bytes, fault, references };
}

/** A cluster that needs endpoints, of its own name or another one, and secrets. */
export function cluster(
  name: string,
  { endpoints = name, secrets = [], ...contents }: ClusterContents = {},
): Versioned {
  return resource(name, {
    ...contents,
    references: [{ type: 'endpoints', name: endpoints }, ...named('secrets', secrets)],
  });
}

interface ClusterContents extends Partial<Payload> {
  endpoints?: string;
  secrets?: readonly string[];
  fault?: string;
}

/** A listener that needs these routes and secrets. */
export function listener(name: string, { routes = [], secrets = [], ...contents }: ListenerContents = {}): Versioned {
  return resource(name, { ...contents, references: [...named('routes', routes), ...named('secrets', secrets)] });
}

interface ListenerContents extends Partial<Payload> {
  routes?: readonly string[];
  secrets?: readonly string[];
  fault?: string;
}

const named = (type: ResourceType, names: readonly string[]): Reference[] => names.map((name) => ({ type, name }));

const payloads = new WeakMap<Versioned, Payload>();

/** What stands in the bytes of a resource. */
export function payloadOf(one: Versioned): Payload {
  const known = payloads.get(one) ?? (JSON.parse(String(one.bytes ?? '{"note":0,"clusters":[]}')) as Payload);
  payloads.set(one, known);
  return known;
}

/** All resources of one proxy; what is not given is empty. */
export function wantedOf(all: Partial<Record<ResourceType, readonly Versioned[]>>): Wanted {
  const entries = RESOURCE_TYPES.map((type) => [type, new Map((all[type] ?? []).map((one) => [one.name, one]))]);
  return Object.fromEntries(entries) as Wanted;
}
