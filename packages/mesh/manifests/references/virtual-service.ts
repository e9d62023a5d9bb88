import { byAge } from '../age.ts';
import { asKind } from '../kinds/typed.ts';
import type { Resource } from '../resource.ts';
import { finding } from './find.ts';
import type { Unresolved } from './find.ts';
import { ofKind, wholeName } from './mesh-finder.ts';

/** The Gateways that VirtualServices name and that are not there. */
export function gatewayReferences(resource: Resource, resources: readonly Resource[]): Unresolved[] {
  const known = new Set(ofKind(resources, 'Gateway').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  return asKind(resource, 'VirtualService').spec.gateways.flatMap((name, index) => {
    if (name === 'mesh' || known.has(wholeGateway(name, resource.metadata.namespace ?? ''))) return [];
    const what = `is for Gateway "${name}", which does not exist: no request comes in by it`;
    return [finding(resource, ['spec', 'gateways', index], what)];
  });
}

/** `shop/shop`; the older way to write it is that of a host, `shop.shop.svc.cluster.local`. */
function wholeGateway(name: string, namespace: string): string {
  if (name.includes('/')) return name;
  const [first = name, second = namespace] = name.split('.');
  return `${second}/${first}`;
}

/**
 * VirtualServices for sidecars that claim a host which another has already: Istio takes the routes of the older one
 * and leaves the others out. At a gateway it joins them, so those are no finding.
 */
export function lostHosts(resources: readonly Resource[]): Unresolved[] {
  const owners = new Map<string, Resource>();
  return ofKind(resources, 'VirtualService')
    .filter((resource) => forMesh(resource))
    .sort(byAge)
    .flatMap((resource) =>
      asKind(resource, 'VirtualService').spec.hosts.flatMap((host, index) => {
        const { name, namespace = '' } = resource.metadata;
        const fqdn = wholeName(host, namespace);
        const owner = owners.get(fqdn) ?? resource;
        owners.set(fqdn, owner);
        if (owner.metadata.name === name && owner.metadata.namespace === namespace) return [];
        const place = `${owner.source.file}:${owner.source.line}`;
        const older = `VirtualService ${owner.metadata.namespace}/${owner.metadata.name} (${place}) is the older one for it`;
        return [finding(resource, ['spec', 'hosts', index], `has no effect on calls to host "${host}": ${older}`)];
      }),
    );
}

function forMesh(resource: Resource): boolean {
  const { gateways } = asKind(resource, 'VirtualService').spec;
  return gateways.length === 0 || gateways.includes('mesh');
}
