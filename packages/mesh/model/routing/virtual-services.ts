import { asKind } from '../../manifests/kinds/typed.ts';
import type { HttpRoute } from '../../manifests/kinds/istio/http-route.ts';
import type { Resource } from '../../manifests/resource.ts';
import { MESH, resolveGateway, resolveHost } from '../../manifests/hosts.ts';
import type { Inventory } from '../inventory.ts';

/** A VirtualService whose short names are replaced by full names. */
export interface VirtualService {
  resource: Resource;
  name: string;
  namespace: string;
  hosts: string[];
  /** `mesh`, or `namespace/name` of a Gateway. */
  gateways: string[];
  http: readonly HttpRoute[];
}

/** The VirtualServices that a namespace sees, in Istio's order of precedence. */
export function virtualServicesFor(namespace: string, all: Inventory): VirtualService[] {
  return all
    .of('VirtualService')
    .filter((one) => one.metadata.namespace === namespace || !asKind(one, 'VirtualService').spec.exportTo.includes('.'))
    .map(toVirtualService);
}

/** The keys of the labels by which they choose callers. */
export function sourceLabelsOf(virtualServices: readonly VirtualService[]): Set<string> {
  const matches = virtualServices.flatMap(({ http }) => http.flatMap(({ match }) => match));
  return new Set(matches.flatMap(({ sourceLabels }) => Object.keys(sourceLabels)));
}

function toVirtualService(resource: Resource): VirtualService {
  const { name, namespace = '' } = resource.metadata;
  const { hosts, gateways, http } = asKind(resource, 'VirtualService').spec;
  return {
    resource,
    name,
    namespace,
    hosts: hosts.map((host) => resolveHost(host.toLowerCase(), namespace)),
    gateways: gateways.length === 0 ? [MESH] : gateways.map((gateway) => resolveGateway(gateway, namespace)),
    http,
  };
}
