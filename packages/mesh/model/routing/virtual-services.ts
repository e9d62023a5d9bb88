import { asKind } from '../../manifests/kinds/typed.ts';
import type { HttpRoute } from '../../manifests/kinds/istio/http-route.ts';
import type { Resource } from '../../manifests/resource.ts';
import { MESH, resolveGateway, resolveHost } from '../../manifests/hosts.ts';
import type { Inventory } from '../inventory.ts';
import { type Visibility, visibilityOf } from '../visibility.ts';

/** A VirtualService whose short names are replaced by full names. */
export interface VirtualService {
  resource: Resource;
  name: string;
  namespace: string;
  /** In lower case. */
  hosts: string[];
  /** In the letters of the file, as a gateway compares them with the hosts of its Gateways. */
  writtenHosts: string[];
  /** `mesh`, or `namespace/name` of a Gateway. */
  gateways: string[];
  http: readonly HttpRoute[];
  /** How the namespace for which it was read sees it. */
  visibility: Visibility;
}

/**
 * The VirtualServices that a namespace sees, in Istio's order of precedence: its private ones, whatever their age, then those
 * that others export to it by name, then the public ones. Source: istio/istio, push_context.go VirtualServicesForGateway.
 */
export function virtualServicesFor(namespace: string, all: Inventory): VirtualService[] {
  const seen = all.of('VirtualService').map((resource) => {
    const { exportTo } = asKind(resource, 'VirtualService').spec;
    return { resource, seen: visibilityOf({ namespace: resource.metadata.namespace ?? '', exportTo }, namespace) };
  });
  return (['private', 'exported', 'public'] as const).flatMap((visibility) =>
    seen
      .filter((one) => one.seen === visibility)
      .map(({ resource }): VirtualService => ({ ...toVirtualService(resource), visibility })),
  );
}

/** The keys of the labels by which they choose callers. */
export function sourceLabelsOf(virtualServices: readonly VirtualService[]): Set<string> {
  const matches = virtualServices.flatMap(({ http }) => http.flatMap(({ match }) => match));
  return new Set(matches.flatMap(({ sourceLabels }) => Object.keys(sourceLabels)));
}

/** `/apis/networking.istio.io/v1/namespaces/shop/virtual-service/billing`: the `config` of its routes. */
export function configOf({ namespace, name }: Pick<VirtualService, 'namespace' | 'name'>): string {
  return `/apis/networking.istio.io/v1/namespaces/${namespace}/virtual-service/${name}`;
}

function toVirtualService(resource: Resource): Omit<VirtualService, 'visibility'> {
  const { name, namespace = '' } = resource.metadata;
  const { hosts, gateways, http } = asKind(resource, 'VirtualService').spec;
  const writtenHosts = hosts.map((host) => resolveHost(host, namespace));
  return {
    resource,
    name,
    namespace,
    hosts: writtenHosts.map((host) => host.toLowerCase()),
    writtenHosts,
    gateways: gateways.length === 0 ? [MESH] : gateways.map((gateway) => resolveGateway(gateway, namespace)),
    http,
  };
}
