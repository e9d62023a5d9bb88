import { translate } from '../../mesh/envoy/configuration.ts';
import { type Endpoints, assignments } from '../../mesh/envoy/endpoints.ts';
import type { Placement } from '../../mesh/envoy/placement.ts';
import { asWritten } from '../../mesh/envoy/testing/placement.ts';
import { podTemplateOf } from '../../mesh/manifests/kinds/typed.ts';
import { createMesh } from '../../mesh/model/create-mesh.ts';
import { containerPort } from '../../mesh/model/inbound.ts';
import type { Mesh } from '../../mesh/model/mesh.ts';
import { readMeshConfig } from '../../mesh/model/mesh-config.ts';
import { selects } from '../../mesh/model/services.ts';
import { type Case, MESH_CONFIG } from './cases.ts';
import type { Kind, Xds } from './recording.ts';

/** Everything where its manifest says: a cluster, as Istio sees it. */
const CLUSTER: Placement = asWritten;

/** What our translation makes of a case, by pod, as the recorder names pods: one for each workload. */
export function translated(one: Case): Map<string, Record<Kind, Xds[]>> {
  const mesh = createMesh(one.resources, readMeshConfig(MESH_CONFIG));
  const endpoints = endpointsIn(one, mesh);
  return new Map(
    mesh.workloads
      .filter(({ proxy }) => proxy !== 'none')
      .map((workload) => {
        const { listeners, clusters, routes } = translate(mesh, workload, CLUSTER);
        const whole = { listeners, clusters, routes, endpoints: assignments(mesh, workload, endpoints) };
        return [`${workload.name}-0.${workload.namespace}`, JSON.parse(JSON.stringify(whole)) as Record<Kind, Xds[]>];
      }),
  );
}

/** The recorder gives pods addresses in the order in which their workloads stand in the YAML. */
function endpointsIn({ resources }: Case, mesh: Mesh): Endpoints {
  const pods = resources.flatMap((resource) => {
    const template = podTemplateOf(resource);
    return template
      ? [{ resource, template, labels: template.metadata.labels, namespace: resource.metadata.namespace }]
      : [];
  });
  return (service, port) => {
    const target = service.ports.find((one) => one.port === port)?.targetPort ?? port;
    return pods.flatMap(({ resource, template, labels, namespace }, index) => {
      const inside = containerPort(template, target);
      if (inside === undefined || !selects(service, { labels, namespace: namespace ?? '' })) return [];
      const workload = mesh.workloads.find(
        ({ name, namespace: its }) => name === resource.metadata.name && its === namespace,
      );
      const mode = workload?.inbound.find((one) => one.port === inside)?.mtls.mode;
      const tlsMode = workload?.proxy === 'sidecar' && mode !== 'DISABLE' ? ('istio' as const) : ('disabled' as const);
      return [{ address: { host: `10.244.0.${index + 1}`, port: inside }, labels, tlsMode }];
    });
  };
}
