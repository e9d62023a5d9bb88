import type { z } from 'zod';
import type { Resource } from '../resource.ts';
import * as config from './config.ts';
import { authorizationPolicy } from './istio/authorization-policy.ts';
import { destinationRule } from './istio/destination-rule.ts';
import { gateway } from './istio/gateway.ts';
import { peerAuthentication } from './istio/peer-authentication.ts';
import { telemetry } from './istio/telemetry.ts';
import { virtualService } from './istio/virtual-service.ts';
import * as services from './service.ts';
import * as workloads from './workloads.ts';

/** Each reads a resource of its kind, Kubernetes' defaults filled in and Istio's times as milliseconds; throws a TypeError for one of another kind. */
export const asDeployment = reader('Deployment', workloads.deployment);
export const asStatefulSet = reader('StatefulSet', workloads.statefulSet);
export const asService = reader('Service', services.service);
export const asConfigMap = reader('ConfigMap', config.configMap);
export const asServiceAccount = reader('ServiceAccount', config.serviceAccount);
export const asGateway = reader('Gateway', gateway);
export const asVirtualService = reader('VirtualService', virtualService);
export const asDestinationRule = reader('DestinationRule', destinationRule);
export const asPeerAuthentication = reader('PeerAuthentication', peerAuthentication);
export const asAuthorizationPolicy = reader('AuthorizationPolicy', authorizationPolicy);
export const asTelemetry = reader('Telemetry', telemetry);
const asSecretAsWritten = reader('Secret', config.secret);

/** A Secret with everything decoded: stringData laid over data, as the API server stores it. */
export function secretData(resource: Resource): Record<string, string> {
  const { data, stringData } = asSecretAsWritten(resource);
  const decoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
  return { ...Object.fromEntries(decoded), ...stringData };
}

/** The pod template of a Deployment or StatefulSet, else undefined. */
export function podTemplateOf(resource: Resource) {
  if (resource.kind === 'Deployment') return asDeployment(resource).spec.template;
  if (resource.kind === 'StatefulSet') return asStatefulSet(resource).spec.template;
  return undefined;
}

function reader<S extends z.ZodType>(kind: string, schema: S): (resource: Resource) => z.output<S> {
  const known = new WeakMap<object, z.output<S>>();
  return function read(resource) {
    if (resource.kind !== kind) throw new TypeError(`${resource.kind} ${resource.metadata.name} is no ${kind}`);
    const typed = known.get(resource.body) ?? schema.parse(resource.body);
    known.set(resource.body, typed);
    return typed;
  };
}

export type { ConfigMap, Secret, ServiceAccount } from './config.ts';
export type { Container, EnvFrom, EnvVar } from './container.ts';
export type { AuthorizationPolicy } from './istio/authorization-policy.ts';
export type { DestinationRule } from './istio/destination-rule.ts';
export type { Gateway } from './istio/gateway.ts';
export type { Headers } from './istio/headers.ts';
export type { HttpRoute } from './istio/http-route.ts';
export type { Match } from './istio/match.ts';
export type { PeerAuthentication } from './istio/peer-authentication.ts';
export type { Destination } from './istio/shared.ts';
export type { StringMatch } from './istio/string-match.ts';
export type { Telemetry } from './istio/telemetry.ts';
export type { TrafficPolicy } from './istio/traffic-policy.ts';
export type { VirtualService } from './istio/virtual-service.ts';
export type { PodSpec, PodTemplate, Volume } from './pod.ts';
export type { Probe } from './probe.ts';
export type { Service, ServicePort } from './service.ts';
export type { Deployment, StatefulSet } from './workloads.ts';
