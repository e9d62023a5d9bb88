import { asKind } from './kinds/typed.ts';
import { istioNameWarnings } from './istio-names/check.ts';
import { finder, plainWarning, warning, type Warning } from './warnings/warning.ts';
import { istioWarnings } from './warnings/istio.ts';
import { serviceReferences } from './warnings/service.ts';
import { workloadReferences } from './warnings/workload.ts';
import type { Resource } from './resource.ts';

export type { Warning } from './warnings/warning.ts';

/**
 * Warnings about what an object of Kubernetes names and what does not exist: accounts, ConfigMaps and Secrets with their keys,
 * ports by name, pods by label. Kubernetes accepts such manifests, but pods wait and requests fail. There are also warnings about
 * labels and annotations of Istio's without an effect here, about what Istio's webhook warns of, and about older kinds. What is odd in a mesh is in explain/diagnose.
 * Pass all applied objects, not those of one file.
 */
export function findWarnings(resources: readonly Resource[]): Warning[] {
  const all = finder(resources);
  const services = resources.filter((resource) => resource.kind === 'Service');
  const stateful = resources.filter((resource) => resource.kind === 'StatefulSet');
  return [
    ...resources.flatMap((one) => istioNameWarnings(one).map(({ path, what }) => warning(one, path, what))),
    ...resources.flatMap(istioWarnings),
    ...services.flatMap((resource) => serviceReferences(resource, all)),
    ...all.workloads.flatMap((workload) => workloadReferences(workload, all)),
    ...stateful.flatMap((resource) => {
      const { serviceName } = asKind(resource, 'StatefulSet').spec;
      const what = `belongs to Service ${serviceName}, which does not exist`;
      const isFound = serviceName === undefined || all.find('Service', resource, serviceName);
      return isFound ? [] : [warning(resource, ['spec', 'serviceName'], what)];
    }),
    ...resources.flatMap((one) => (one.readAs === undefined ? [] : [plainWarning(one, [], one.readAs)])),
  ];
}
