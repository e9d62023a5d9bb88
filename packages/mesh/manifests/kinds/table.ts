/** A kind, and what kubectl calls it. */
export interface Kind {
  kind: string;
  /** '' for the core kinds; otherwise what stands before the slash of apiVersion. */
  group: string;
  versions: readonly string[];
  plural: string;
  /** kubectl's short names. */
  short: readonly string[];
  namespaced: boolean;
}

/**
 * Every kind that is kept once it is applied, with the names that kubectl accepts for it. Their schemas stand in schemas.ts:
 * most commands need none.
 * Source: Kubernetes' API reference; for Istio's, the names in istio/api, kubernetes/customresourcedefinitions.gen.yaml.
 */
export const KINDS: readonly Kind[] = [
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
  security('AuthorizationPolicy', 'authorizationpolicies', 'ap'),
  {
    kind: 'Telemetry',
    group: 'telemetry.istio.io',
    versions: ['v1', 'v1alpha1'],
    plural: 'telemetries',
    short: ['telemetry'],
    namespaced: true,
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

function core(kind: string, plural: string, ...short: string[]): Kind {
  return { kind, group: '', versions: ['v1'], plural, short, namespaced: true };
}

function apps(kind: string, plural: string, ...short: string[]): Kind {
  return { kind, group: 'apps', versions: ['v1'], plural, short, namespaced: true };
}

function networking(kind: string, plural: string, ...short: string[]): Kind {
  const versions = ['v1', 'v1beta1', 'v1alpha3'];
  return { kind, group: 'networking.istio.io', versions, plural, short, namespaced: true };
}

function security(kind: string, plural: string, ...short: string[]): Kind {
  return { kind, group: 'security.istio.io', versions: ['v1', 'v1beta1'], plural, short, namespaced: true };
}
