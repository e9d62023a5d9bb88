import type { z } from 'zod';
import { configMap, istio, namespace, secret, serviceAccount } from './config.ts';
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

const istioVersions = ['v1', 'v1beta1', 'v1alpha3'];

/**
 * Every kind that may stand in a manifest, with the names that kubectl accepts for it.
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
  mesh('Gateway', 'networking.istio.io', { plural: 'gateways', short: ['gw'], versions: istioVersions }),
  mesh('VirtualService', 'networking.istio.io', { plural: 'virtualservices', short: ['vs'], versions: istioVersions }),
  mesh('DestinationRule', 'networking.istio.io', {
    plural: 'destinationrules',
    short: ['dr'],
    versions: istioVersions,
  }),
  mesh('PeerAuthentication', 'security.istio.io', {
    plural: 'peerauthentications',
    short: ['pa'],
    versions: ['v1', 'v1beta1'],
  }),
  mesh('AuthorizationPolicy', 'security.istio.io', {
    plural: 'authorizationpolicies',
    short: ['ap'],
    versions: ['v1', 'v1beta1'],
  }),
  mesh('Telemetry', 'telemetry.istio.io', {
    plural: 'telemetries',
    short: ['telemetry'],
    versions: ['v1', 'v1alpha1'],
  }),
];

/** The entry of a kind by its CamelCase name, or undefined. */
export function kindOf(kind: string): Kind | undefined {
  return KINDS.find((entry) => entry.kind === kind);
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

function mesh(kind: string, group: string, rest: Pick<Kind, 'plural' | 'short' | 'versions'>): Kind {
  return { kind, group, namespaced: true, schema: istio, ...rest };
}
