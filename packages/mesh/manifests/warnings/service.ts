import { asKind } from '../kinds/typed.ts';
import { selectsAll } from '../labels.ts';
import type { Resource } from '../resource.ts';
import { selectsNoPods, warning, type Finder, type Warning } from './warning.ts';

/** Warnings if a Service has no selector or selects no pods, or pods without the port that it names. */
export function serviceReferences(resource: Resource, { selected }: Finder): Warning[] {
  const { selector, ports } = asKind(resource, 'Service').spec;
  if (selectsAll(selector)) return [warning(resource, ['spec'], 'has no selector, and so no pods')];
  const pods = selected(resource, selector);
  if (pods.length === 0) return [selectsNoPods(resource, selector)];
  return ports.flatMap(({ targetPort }, index) => {
    if (typeof targetPort !== 'string') return [];
    return pods.flatMap(({ resource: workload, template }) => {
      const names = template.spec.containers.flatMap((container) => container.ports.map((port) => port.name));
      if (names.includes(targetPort)) return [];
      const what = `sends to port "${targetPort}", which ${workload.kind} ${workload.metadata.name} does not have`;
      return [warning(resource, ['spec', 'ports', index, 'targetPort'], what)];
    });
  });
}
