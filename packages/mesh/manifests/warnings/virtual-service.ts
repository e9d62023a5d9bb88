import { byCreationTime } from '../creation-time.ts';
import { MESH, resolveGateway, resolveHost } from '../hosts.ts';
import { asKind } from '../kinds/typed.ts';
import type { Resource } from '../resource.ts';
import { warning, type Warning } from './warning.ts';
import { ofKind } from './mesh-finder.ts';

/** Warnings about Gateways that a VirtualService names and that do not exist. */
export function gatewayReferences(resource: Resource, resources: readonly Resource[]): Warning[] {
  const known = new Set(ofKind(resources, 'Gateway').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  return asKind(resource, 'VirtualService').spec.gateways.flatMap((name, index) => {
    if (name === MESH || known.has(resolveGateway(name, resource.metadata.namespace ?? ''))) return [];
    const what = `is for Gateway "${name}", which does not exist: no request comes in by it`;
    return [warning(resource, ['spec', 'gateways', index], what)];
  });
}

/**
 * Warnings about VirtualServices for sidecars whose host an older VirtualService has: Istio ignores the routes of the
 * newer one. In a gateway Istio merges the routes, so there is no warning.
 */
export function hostConflicts(resources: readonly Resource[]): Warning[] {
  const owners = new Map<string, Resource>();
  return ofKind(resources, 'VirtualService')
    .filter(forMesh)
    .sort(byCreationTime)
    .flatMap((resource) =>
      asKind(resource, 'VirtualService').spec.hosts.flatMap((host, index) => {
        const { name, namespace = '' } = resource.metadata;
        const fqdn = resolveHost(host, namespace);
        const owner = owners.get(fqdn) ?? resource;
        owners.set(fqdn, owner);
        if (owner.metadata.name === name && owner.metadata.namespace === namespace) return [];
        const line = `${owner.source.file}:${owner.source.line}`;
        const older = `VirtualService ${owner.metadata.namespace}/${owner.metadata.name} (${line}) is the older one for it`;
        return [warning(resource, ['spec', 'hosts', index], `has no effect on calls to host "${host}": ${older}`)];
      }),
    );
}

function forMesh(resource: Resource): boolean {
  const { gateways } = asKind(resource, 'VirtualService').spec;
  return gateways.length === 0 || gateways.includes(MESH);
}
