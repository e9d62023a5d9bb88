import { asStatefulSet } from './kinds/typed.ts';
import { finder, finding } from './references/find.ts';
import type { Unresolved } from './references/find.ts';
import { serviceReferences } from './references/service.ts';
import { workloadReferences } from './references/workload.ts';
import type { Resource } from './resource.ts';

export type { Unresolved } from './references/find.ts';

/**
 * What these objects name and nothing in them is: accounts, ConfigMaps and Secrets with their keys, volumes, ports by
 * name, pods by label. Kubernetes takes such manifests and the pods then wait or fail; here it is told at once.
 * Pass everything that is applied, not one file. Istio's objects are not looked into.
 */
export function unresolved(resources: readonly Resource[]): Unresolved[] {
  const all = finder(resources);
  const services = resources.filter((resource) => resource.kind === 'Service');
  const stateful = resources.filter((resource) => resource.kind === 'StatefulSet');
  return [
    ...services.flatMap((resource) => serviceReferences(resource, all)),
    ...all.workloads.flatMap((workload) => workloadReferences(workload, all)),
    ...stateful.flatMap((resource) => {
      const { serviceName } = asStatefulSet(resource).spec;
      const what = `belongs to Service ${serviceName}, which does not exist`;
      return all.find('Service', resource, serviceName) ? [] : [finding(resource, ['spec', 'serviceName'], what)];
    }),
  ];
}
