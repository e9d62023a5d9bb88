import { type MeshConfig, type Resource, readText } from '@tuesday/mesh/manifests';
import { type Mesh, type VirtualHost, type Workload, createMesh } from '@tuesday/mesh/model';
import { documents } from './objects.ts';

export const CONFIG: MeshConfig = {
  trustDomain: 'cluster.local',
  rootNamespace: 'istio-system',
  providers: [
    { kind: 'zipkin', name: 'zipkin', fqdn: 'zipkin.istio-system.svc.cluster.local', port: 9411, context: 'USE_B3' },
    { kind: 'opentelemetry', name: 'otel', fqdn: 'nobody.istio-system.svc.cluster.local', port: 4317 },
  ],
};

/** The objects of YAML texts, in namespace shop where they name none. */
export function resourcesOf(...texts: string[]): Resource[] {
  return readText({ file: 'my.yaml', text: documents(...texts), namespace: 'shop' });
}

/** The mesh of YAML texts. */
export function meshOf(...texts: string[]): Mesh {
  return createMesh(resourcesOf(...texts), CONFIG);
}

/** A workload of a mesh by its name; throws where there is none. */
export function workloadOf(mesh: Mesh, name: string): Workload {
  const found = mesh.workloads.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no workload ${name}`);
  return found;
}

/** The virtual hosts of a caller's proxy on a port. */
export function hostsOf(mesh: Mesh, caller: string, port = 80): VirtualHost[] {
  return mesh.routesOf(workloadOf(mesh, caller)).get(port) ?? [];
}

/** The destinations of a host's routes, as `v1.shop:80*90`: one line for each route. */
export function routeTargets(hosts: readonly VirtualHost[], fqdn: string): string[] {
  const routes = hosts.find((host) => host.fqdn === fqdn)?.routes ?? [];
  return routes.map(({ action }) => {
    if (action.kind !== 'forward') return action.kind;
    const ways = action.destinations.map(({ destination, weight }) => {
      const { fqdn: to, port, subset, missing } = destination;
      const place = [subset, to.replace('.svc.cluster.local', '')].filter(Boolean).join('@');
      return `${place}:${port}${action.weighted ? `*${weight}` : ''}${missing ? ` no ${missing}` : ''}`;
    });
    return ways.join(' ');
  });
}
