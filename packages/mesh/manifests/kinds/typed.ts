import type { KindName } from './table.ts';
import type { Kinds } from './schemas.ts';
import type { PodTemplate } from './pod.ts';
import type { Labels } from '../labels.ts';
import type { Resource } from '../resource.ts';

/** A resource of one kind, with Kubernetes' defaults, and times in milliseconds. Throws TypeError if it is of another kind. */
export function asKind<K extends KindName>(resource: Resource, kind: K): Kinds[K] {
  if (resource.kind !== kind) throw new TypeError(`${resource.kind} ${resource.metadata.name} is no ${kind}`);
  return resource.typed as Kinds[K];
}

/** The decoded values of a Secret; stringData overrides data, as in the API server. */
export function secretData(resource: Resource): Record<string, string> {
  const { data, stringData } = asKind(resource, 'Secret');
  const decoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
  return { ...Object.fromEntries(decoded), ...stringData };
}

/** The kinds of objects that apply to pods of their own namespace: to all of them, or to those that they select. */
export type PolicyKind = 'AuthorizationPolicy' | 'PeerAuthentication' | 'RequestAuthentication' | 'Telemetry';

/** The labels of the pods to which a policy applies; {} if it applies to its whole namespace. */
export function selectorOf(policy: Resource, kind: PolicyKind): Labels {
  return asKind(policy, kind).spec.selector?.matchLabels ?? {};
}

/** The pod template of a Deployment or StatefulSet; undefined for other kinds. */
export function podTemplateOf(resource: Resource): PodTemplate | undefined {
  const { kind } = resource;
  return kind === 'Deployment' || kind === 'StatefulSet' ? asKind(resource, kind).spec.template : undefined;
}
