import { asKind } from './kinds/typed.ts';
import { istioNameWarnings } from './istio-names/check.ts';
import { finder, warning, type Warning } from './warnings/warning.ts';
import { meshReferences } from './warnings/mesh.ts';
import { serviceReferences } from './warnings/service.ts';
import { workloadReferences } from './warnings/workload.ts';
import type { Resource } from './resource.ts';

export type { Warning } from './warnings/warning.ts';

/**
 * Warnings about references to objects that do not exist: accounts, ConfigMaps and Secrets with their keys, ports by name,
 * pods by label, hosts with their ports and subsets, Gateways. Kubernetes and Istio accept such manifests, but pods wait
 * and requests fail. There are also warnings about what Istio ignores, about labels and annotations of Istio's without an effect here, and about what works differently on one machine.
 * Pass all applied objects, not those of one file.
 */
export function findWarnings(resources: readonly Resource[]): Warning[] {
  const all = finder(resources);
  const services = resources.filter((resource) => resource.kind === 'Service');
  const stateful = resources.filter((resource) => resource.kind === 'StatefulSet');
  return [
    ...resources.flatMap((one) => istioNameWarnings(one).map(({ path, what }) => warning(one, path, what))),
    ...services.flatMap((resource) => serviceReferences(resource, all)),
    ...all.workloads.flatMap((workload) => workloadReferences(workload, all)),
    ...stateful.flatMap((resource) => {
      const { serviceName } = asKind(resource, 'StatefulSet').spec;
      const what = `belongs to Service ${serviceName}, which does not exist`;
      return all.find('Service', resource, serviceName) ? [] : [warning(resource, ['spec', 'serviceName'], what)];
    }),
    ...meshReferences(resources, all.workloads),
  ];
}
