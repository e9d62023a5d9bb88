import { z } from 'zod';
import { checked } from './schema-error.ts';
import { readManifest } from './read-manifest.ts';
import { exactlyOne, portNumber, strict, uniqueBy } from './kinds/schema.ts';
import { parseYaml } from './yaml/parse.ts';

/** The default of MeshConfig's rootNamespace: the namespace whose objects apply to the whole mesh. */
export const ROOT_NAMESPACE = 'istio-system';

/** The modelled fields of Istio's MeshConfig (istio/mesh-config.yaml). */
export interface MeshConfig {
  trustDomain: string;
  rootNamespace: string;
  providers: TracingProvider[];
}

/** Where proxies send their spans. */
export type TracingProvider =
  | { kind: 'zipkin'; name: string; fqdn: string; port: number; context: 'USE_B3' | 'USE_B3_WITH_W3C_PROPAGATION' }
  | { kind: 'opentelemetry'; name: string; fqdn: string; port: number };

/** A host, or `namespace/host` if several namespaces have the host. */
const host = z.string().regex(/^([-a-z0-9]+\/)?[-a-z0-9]+(\.[-a-z0-9]+)+$/, {
  error: 'must be the full name of a Service, such as zipkin.istio-system.svc.cluster.local',
});

const provider = strict({
  name: z.string().min(1),
  zipkin: strict({
    service: host,
    port: portNumber,
    traceContextOption: z.enum(['USE_B3', 'USE_B3_WITH_W3C_PROPAGATION']).default('USE_B3'),
  }).optional(),
  opentelemetry: strict({ service: host, port: portNumber }).optional(),
}).refine(exactlyOne('zipkin', 'opentelemetry'), {
  error: 'must have one of zipkin and opentelemetry (other providers are not modelled locally)',
});

const schema = strict({
  trustDomain: z.string().min(1).default('cluster.local'),
  rootNamespace: z.string().min(1).default(ROOT_NAMESPACE),
  extensionProviders: uniqueBy(provider, 'name').default([]),
});

/**
 * Reads Istio's MeshConfig. Throws ManifestError with file and line for a field that is not modelled.
 * Source of names and defaults: istio/api, mesh/v1alpha1/config.proto.
 */
export function readMeshConfig(file: string): MeshConfig {
  const [document] = parseYaml(file, readManifest(file));
  const written = document === undefined ? schema.parse({}) : checked(schema, document, { file, kind: 'MeshConfig' });
  const { trustDomain, rootNamespace, extensionProviders } = written;
  return { trustDomain, rootNamespace, providers: extensionProviders.map(toProvider) };
}

function toProvider({ name, zipkin, opentelemetry }: z.output<typeof provider>): TracingProvider {
  if (zipkin !== undefined) {
    const { service, port, traceContextOption } = zipkin;
    return { kind: 'zipkin', name, fqdn: withoutNamespace(service), port, context: traceContextOption };
  }
  if (opentelemetry === undefined) throw new Error('checked above');
  const { service, port } = opentelemetry;
  return { kind: 'opentelemetry', name, fqdn: withoutNamespace(service), port };
}

function withoutNamespace(service: string): string {
  return service.slice(service.indexOf('/') + 1);
}
