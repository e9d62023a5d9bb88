import { asKind } from '../kinds/typed.ts';
import type { Resource } from '../resource.ts';
import { matches } from '../labels.ts';
import { warning, type Warning, type Workload } from './warning.ts';

/** A warning if a Gateway selects no pods. It selects pods of every namespace (istio.io, Gateway). */
export function gatewayPods(resource: Resource, workloads: readonly Workload[]): Warning[] {
  const { selector } = asKind(resource, 'Gateway').spec;
  if (workloads.some(({ template }) => matches(template.metadata.labels, selector))) return [];
  const wanted = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  return [warning(resource, ['spec', 'selector'], `selects no pods: no workload is labelled ${wanted.join(',')}`)];
}
