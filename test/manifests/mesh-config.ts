import { asKind, parseYaml } from '@tuesday/mesh/manifests';
import { manifests, objects, objectsOf } from './tree.ts';
import type { Tree } from './tree.ts';

const FILE = 'istio/mesh-config.yaml';

interface Collector {
  service: string;
  port: number;
  traceContextOption?: string;
}

interface MeshConfig {
  trustDomain?: string;
  rootNamespace?: string;
  extensionProviders?: { name: string; zipkin?: Collector; opentelemetry?: Collector }[];
}

function meshConfig(tree: Tree): MeshConfig {
  return (parseYaml(FILE, tree.files.get(FILE) ?? '')[0]?.value ?? {}) as MeshConfig;
}

/** The providers and their header formats for the trace context. */
const DIALECTS: Readonly<Record<string, string | undefined>> = {
  zipkin: 'USE_B3_WITH_W3C_PROPAGATION',
  'zipkin-b3': 'USE_B3',
  otel: undefined,
};

/** The mesh has the trust domain and root namespace that the manifests assume, and a provider for every header format. */
export function meshConfigIsComplete(tree: Tree): string[] {
  const { trustDomain, rootNamespace, extensionProviders = [] } = meshConfig(tree);
  const names = extensionProviders.map(({ name }) => name);
  const collectors = extensionProviders.flatMap(({ name, zipkin, opentelemetry }) => {
    const collector = zipkin ?? opentelemetry;
    return collector === undefined ? [] : [{ name, ...collector }];
  });
  return [
    ...(trustDomain === 'cluster.local' ? [] : [`${FILE}: the identities in k8s/base say cluster.local`]),
    ...(rootNamespace === 'istio-system' ? [] : [`${FILE}: istio/article has its policy in istio-system`]),
    ...(names.join() === Object.keys(DIALECTS).join()
      ? []
      : [`${FILE} should name ${Object.keys(DIALECTS).join(', ')}`]),
    ...collectors
      .filter(({ name, traceContextOption }) => traceContextOption !== DIALECTS[name])
      .map(({ name }) => `${FILE}: ${name} has the wrong headers`),
    ...collectors
      .filter(({ service, port }) => !listens(tree, service, port))
      .map(({ name, service, port }) => `${FILE}: ${name} sends to ${service}:${port}, which no Service has`),
  ];
}

function listens(tree: Tree, host: string, port: number): boolean {
  const [name, namespace] = host.split('.');
  return objects(tree, 'k8s/addons/')
    .filter(({ kind, metadata }) => kind === 'Service' && metadata.name === name && metadata.namespace === namespace)
    .some((service) => asKind(service, 'Service').spec.ports.some((one) => one.port === port));
}

interface Telemetry {
  tracing?: { providers?: { name: string }[]; randomSamplingPercentage?: number }[];
}

/** Each Telemetry names one provider of the mesh and traces every request; each provider has a Telemetry file of its name. */
export function telemetryNamesProviders(tree: Tree): string[] {
  const known = meshConfig(tree).extensionProviders?.map(({ name }) => name) ?? [];
  const files = ['istio/base/tracing.yaml', ...manifests(tree, 'istio/tracing/')];
  const used = files.map((path) => {
    const tracing = (objectsOf(tree, path)[0]?.body['spec'] as Telemetry | undefined)?.tracing?.[0];
    return { path, provider: tracing?.providers?.[0]?.name ?? '', sampling: tracing?.randomSamplingPercentage };
  });
  return [
    ...used
      .filter(({ provider }) => !known.includes(provider))
      .map(({ path, provider }) => `${path} names the provider "${provider}", which ${FILE} does not have`),
    ...used.filter(({ sampling }) => sampling !== 100).map(({ path }) => `${path} does not trace every request`),
    ...used
      .filter(({ path, provider }) => path.startsWith('istio/tracing/') && path !== `istio/tracing/${provider}.yaml`)
      .map(({ path, provider }) => `${path} switches to "${provider}"`),
    ...known
      .filter((name) => !used.some(({ provider }) => provider === name))
      .map((name) => `nothing under istio/ uses the provider "${name}"`),
  ];
}
