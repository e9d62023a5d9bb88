import type { z } from 'zod';
import { configMap, namespace, secret, serviceAccount } from './config.ts';
import { authorizationPolicy } from './istio/authorization-policy.ts';
import { destinationRule } from './istio/destination-rule.ts';
import { gateway } from './istio/gateway.ts';
import { meshPolicy } from './istio/mesh-policy.ts';
import { peerAuthentication } from './istio/peer-authentication.ts';
import { telemetry } from './istio/telemetry.ts';
import { virtualService } from './istio/virtual-service.ts';
import { service } from './service.ts';
import { deployment, statefulSet } from './workloads.ts';

export interface Kind {
  kind: string;
  /** '' for the core kinds; otherwise what stands before the slash of apiVersion. */
  group: string;
  versions: readonly string[];
  plural: string;
  /** kubectl's short names. */
  short: readonly string[];
  namespaced: boolean;
  schema: z.ZodType;
}

/**
 * Every kind that is kept once it is applied, with the names that kubectl accepts for it.
 * Source: Kubernetes' API reference; for Istio's, the names in istio/api, kubernetes/customresourcedefinitions.gen.yaml.
 */
export const KINDS: readonly Kind[] = [
  core('Namespace', 'namespaces', { short: ['ns'], namespaced: false, schema: namespace }),
  core('ServiceAccount', 'serviceaccounts', { short: ['sa'], namespaced: true, schema: serviceAccount }),
  core('ConfigMap', 'configmaps', { short: ['cm'], namespaced: true, schema: configMap }),
  core('Secret', 'secrets', { short: [], namespaced: true, schema: secret }),
  core('Service', 'services', { short: ['svc'], namespaced: true, schema: service }),
  apps('StatefulSet', 'statefulsets', { short: ['sts'], schema: statefulSet }),
  apps('Deployment', 'deployments', { short: ['deploy'], schema: deployment }),
  networking('Gateway', 'gateways', { short: ['gw'], schema: gateway }),
  networking('VirtualService', 'virtualservices', { short: ['vs'], schema: virtualService }),
  networking('DestinationRule', 'destinationrules', { short: ['dr'], schema: destinationRule }),
  security('PeerAuthentication', 'peerauthentications', { short: ['pa'], schema: peerAuthentication }),
  security('AuthorizationPolicy', 'authorizationpolicies', { short: ['ap'], schema: authorizationPolicy }),
  {
    kind: 'Telemetry',
    group: 'telemetry.istio.io',
    versions: ['v1', 'v1alpha1'],
    plural: 'telemetries',
    short: ['telemetry'],
    namespaced: true,
    schema: telemetry,
  },
];

/** Read and never kept: it becomes a PeerAuthentication on the way (legacy.ts). */
const MESH_POLICY: Kind = {
  kind: 'MeshPolicy',
  group: 'authentication.istio.io',
  versions: ['v1alpha1'],
  plural: 'meshpolicies',
  short: [],
  namespaced: false,
  schema: meshPolicy,
};

/** What may stand in a file. */
export const READABLE: readonly Kind[] = [...KINDS, MESH_POLICY];

/** The entry of a kind by its CamelCase name, or undefined. */
export function kindOf(kind: string): Kind | undefined {
  return READABLE.find((entry) => entry.kind === kind);
}

/** The apiVersions a kind is accepted under, today's first. */
export function apiVersionsOf(kind: Kind): string[] {
  return kind.versions.map((version) => (kind.group === '' ? version : `${kind.group}/${version}`));
}

/** True for the kinds that only a mesh can carry out. */
export function isIstio(kind: string): boolean {
  return kindOf(kind)?.group.endsWith('.istio.io') ?? false;
}

function core(kind: string, plural: string, rest: Pick<Kind, 'short' | 'namespaced' | 'schema'>): Kind {
  return { kind, group: '', versions: ['v1'], plural, ...rest };
}

function apps(kind: string, plural: string, rest: Pick<Kind, 'short' | 'schema'>): Kind {
  return { kind, group: 'apps', versions: ['v1'], plural, namespaced: true, ...rest };
}

function networking(kind: string, plural: string, rest: Pick<Kind, 'short' | 'schema'>): Kind {
  const versions = ['v1', 'v1beta1', 'v1alpha3'];
  return { kind, group: 'networking.istio.io', versions, plural, namespaced: true, ...rest };
}

function security(kind: string, plural: string, rest: Pick<Kind, 'short' | 'schema'>): Kind {
  return { kind, group: 'security.istio.io', versions: ['v1', 'v1beta1'], plural, namespaced: true, ...rest };
}
