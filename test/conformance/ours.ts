import { type Endpoint, type Endpoints, AS_WRITTEN, assignments, tlsModeOf, translate } from '@tuesday/mesh/envoy';
import { type Resource, podTemplateOf, readMeshConfig } from '@tuesday/mesh/manifests';
import { type Workload, containerPort, createMesh, fqdnOf, selects } from '@tuesday/mesh/model';
import type { Case } from './cases.ts';
import type { Kind, Xds } from './recording.ts';

/** One of a workload's pods, with the recorder's names and addresses. */
interface Pod {
  name: string;
  host: string;
  workload: Workload;
  template: NonNullable<ReturnType<typeof podTemplateOf>>;
}

/**
 * The result of our translation for a case, by pod (`checkout-v1-0.shop`), with the ports of the manifests. Throws what
 * createMesh throws.
 */
export function translated({ resources, meshConfig }: Case): Map<string, Record<Kind, Xds[]>> {
  const mesh = createMesh(resources, readMeshConfig(meshConfig));
  const pods = podsOf(resources, mesh.workloads);
  const endpoints = endpointsOf(pods);
  const placement = { ...AS_WRITTEN, serviceAddress: addressesOf(resources) };
  return new Map(
    pods
      .filter(({ workload }) => workload.proxy !== 'none')
      .map(({ name, workload }) => {
        const { listeners, clusters, routes } = translate(mesh, workload, placement);
        const whole = { listeners, clusters, routes, endpoints: assignments(mesh, workload, endpoints) };
        return [name, JSON.parse(JSON.stringify(whole)) as Record<Kind, Xds[]>];
      }),
  );
}

/** The recorder gives Services addresses in the order of the YAML. */
function addressesOf(resources: Case['resources']): (fqdn: string) => string | undefined {
  const services = resources.filter(({ kind }) => kind === 'Service');
  const named = services.map(
    ({ metadata: { name, namespace = '' } }, place) => [fqdnOf(name, namespace), `10.96.0.${place + 11}`] as const,
  );
  return (fqdn) => new Map(named).get(fqdn);
}

/** The recorder gives pods addresses in the order of their workloads in the YAML. */
function podsOf(resources: Case['resources'], workloads: readonly Workload[]): Pod[] {
  const named = resources.flatMap((resource) => {
    const template = podTemplateOf(resource);
    const workload = workloads.find((one) => isOf(one, resource));
    if (!template || !workload) return [];
    const { replicas = 1 } = resource.body['spec'] as { replicas?: number };
    return Array.from({ length: replicas }, (_, index) => ({ workload, template, index }));
  });
  return named.map(({ workload, template, index }, place) => ({
    name: `${workload.name}-${index}.${workload.namespace}`,
    host: `10.244.0.${place + 1}`,
    workload,
    template,
  }));
}

function isOf({ kind, name, namespace }: Workload, resource: Resource): boolean {
  return kind === resource.kind && name === resource.metadata.name && namespace === resource.metadata.namespace;
}

function endpointsOf(pods: readonly Pod[]): Endpoints {
  return (service, port) => {
    const target = service.ports.find((one) => one.port === port)?.targetPort ?? port;
    return pods.flatMap(({ host, workload, template }): Endpoint[] => {
      const inside = containerPort(template, target);
      if (inside === undefined || !selects(service, workload)) return [];
      return [{ address: { host, port: inside }, labels: workload.labels, tlsMode: tlsModeOf(workload, inside) }];
    });
  };
}
