/** A kind, with its names in kubectl. */
export interface Kind<K extends string = string> {
  kind: K;
  /** The part of apiVersion before the slash; '' for the core kinds. */
  group: string;
  versions: readonly string[];
  plural: string;
  /** kubectl's short names. */
  short: readonly string[];
  namespaced: boolean;
}

/** Makes the namespaced kinds of one group. */
function kindsIn(group: string, ...versions: string[]) {
  return <K extends string>(kind: K, plural: string, ...short: string[]): Kind<K> => {
    return { kind, group, versions, plural, short, namespaced: true };
  };
}

const core = kindsIn('', 'v1');
const apps = kindsIn('apps', 'v1');
const networking = kindsIn('networking.istio.io', 'v1', 'v1beta1', 'v1alpha3');
const security = kindsIn('security.istio.io', 'v1', 'v1beta1');
const telemetry = kindsIn('telemetry.istio.io', 'v1', 'v1alpha1');
const authentication = kindsIn('authentication.istio.io', 'v1alpha1');

/**
 * Every kind that can be applied and listed, with the names that kubectl accepts for it. schemas.ts does not compile
 * without a schema for each. This file imports no schema, because most commands need none.
 * Source: Kubernetes' API reference; for Istio's, the names in istio/api, kubernetes/customresourcedefinitions.gen.yaml.
 */
export const KINDS = [
  { ...core('Namespace', 'namespaces', 'ns'), namespaced: false },
  core('ServiceAccount', 'serviceaccounts', 'sa'),
  core('ConfigMap', 'configmaps', 'cm'),
  core('Secret', 'secrets'),
  core('Service', 'services', 'svc'),
  apps('StatefulSet', 'statefulsets', 'sts'),
  apps('Deployment', 'deployments', 'deploy'),
  networking('Gateway', 'gateways', 'gw'),
  networking('VirtualService', 'virtualservices', 'vs'),
  networking('DestinationRule', 'destinationrules', 'dr'),
  security('PeerAuthentication', 'peerauthentications', 'pa'),
  security('RequestAuthentication', 'requestauthentications', 'ra'),
  security('AuthorizationPolicy', 'authorizationpolicies', 'ap'),
  telemetry('Telemetry', 'telemetries', 'telemetry'),
];

/** It can be applied, but it becomes a PeerAuthentication (mesh-policy.ts). */
const MESH_POLICY = { ...authentication('MeshPolicy', 'meshpolicies'), namespaced: false };

/** Every kind that a file may contain. */
export const READABLE = [...KINDS, MESH_POLICY];

/** The CamelCase name of a kind that a file may contain. */
export type KindName = (typeof READABLE)[number]['kind'];

/** The entry of a kind by its CamelCase name, or undefined. */
export function kindOf(kind: string): Kind<KindName> | undefined {
  return READABLE.find((entry) => entry.kind === kind);
}

/** The apiVersions that a kind accepts; the current one is first. */
export function apiVersionsOf(kind: Kind): string[] {
  return kind.versions.map((version) => (kind.group === '' ? version : `${kind.group}/${version}`));
}
