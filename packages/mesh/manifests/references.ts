import { asKind } from './kinds/typed.ts';
import { finder, finding } from './references/find.ts';
import type { Unresolved } from './references/find.ts';
import { meshReferences } from './references/mesh.ts';
import { serviceReferences } from './references/service.ts';
import { workloadReferences } from './references/workload.ts';
import type { Resource } from './resource.ts';

export type { Unresolved } from './references/find.ts';

/**
 * What these objects name and none of them is: accounts, ConfigMaps and Secrets with their keys, volumes, ports by name,
 * pods by label, hosts with their ports and subsets, Gateways. Kubernetes and Istio accept such manifests, and then pods
 * wait and requests fail; a finding says it at once. What Istio leaves out, and what works differently on one machine, are
 * findings too. Pass everything that is applied, not one file.
 */
export function unresolved(resources: readonly Resource[]): Unresolved[] {
  const all = finder(resources);
  const services = resources.filter((resource) => resource.kind === 'Service');
  const stateful = resources.filter((resource) => resource.kind === 'StatefulSet');
  return [
    ...services.flatMap((resource) => serviceReferences(resource, all)),
    ...all.workloads.flatMap((workload) => workloadReferences(workload, all)),
    ...stateful.flatMap((resource) => {
      const { serviceName } = asKind(resource, 'StatefulSet').spec;
      const what = `belongs to Service ${serviceName}, which does not exist`;
      return all.find('Service', resource, serviceName) ? [] : [finding(resource, ['spec', 'serviceName'], what)];
    }),
    ...meshReferences(resources, all.workloads),
  ];
}
