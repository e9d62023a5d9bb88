import { matches } from '../../manifests/labels.ts';
import { MESH, resolveGateway } from '../../manifests/hosts.ts';
import { asKind } from '../../manifests/kinds/typed.ts';
import { selectsNoPods, warning, type Warning } from '../../manifests/warnings/warning.ts';
import type { Mesh } from '../../model/mesh.ts';

/** Gateways without pods. A Gateway selects pods of every namespace (istio.io, Gateway). */
export function unusedGateways({ objects, workloads }: Mesh): Warning[] {
  return objects.of('Gateway').flatMap((gateway) => {
    const { selector } = asKind(gateway, 'Gateway').spec;
    return workloads.some(({ labels }) => matches(labels, selector)) ? [] : [selectsNoPods(gateway, selector)];
  });
}

/** Gateways that a VirtualService names and that do not exist. */
export function missingGateways({ objects }: Mesh): Warning[] {
  const known = new Set(objects.of('Gateway').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  return objects.of('VirtualService').flatMap((resource) =>
    asKind(resource, 'VirtualService').spec.gateways.flatMap((name, index) => {
      if (name === MESH || known.has(resolveGateway(name, resource.metadata.namespace ?? ''))) return [];
      const what = `is for Gateway "${name}", which does not exist: no request comes in by it`;
      return [warning(resource, ['spec', 'gateways', index], what)];
    }),
  );
}
