import { asKind } from '../kinds/typed.ts';
import type { Resource } from '../resource.ts';
import { matches } from '../labels.ts';
import { finding } from './find.ts';
import type { Unresolved, Workload } from './find.ts';

/** A Gateway asks for its pods by label in every namespace (istio.io, Gateway). */
export function gatewayPods(resource: Resource, workloads: readonly Workload[]): Unresolved[] {
  const { selector } = asKind(resource, 'Gateway').spec;
  if (workloads.some(({ template }) => matches(template.metadata.labels, selector))) return [];
  const wanted = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  return [finding(resource, ['spec', 'selector'], `selects no pods: no workload is labelled ${wanted.join(',')}`)];
}
