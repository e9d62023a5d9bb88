import type { Resource, Source } from '../resource.ts';
import { podTemplateOf } from '../kinds/typed.ts';
import type { PodTemplate } from '../kinds/typed.ts';
import { matches } from '../labels.ts';

/** Something that a manifest names and that does not exist, or that has no effect. It is applied all the same, as Kubernetes does, with a warning. */
export interface Unresolved {
  source: Source;
  /** `my.yaml:9: Deployment checkout-v1 takes "url" from Secret checkout-database, which has no such key (it has uri).` */
  message: string;
}

/** A workload with the template of its pods. */
export interface Workload {
  resource: Resource;
  template: PodTemplate;
}

/** Finds objects of the same manifests by kind, namespace and name, and workloads by label. */
export function finder(resources: readonly Resource[]) {
  const workloads = resources.flatMap((resource): Workload[] => {
    const template = podTemplateOf(resource);
    return template === undefined ? [] : [{ resource, template }];
  });
  return {
    workloads,
    find: (kind: string, near: Resource, name: string): Resource | undefined =>
      resources.find(
        (one) => one.kind === kind && one.metadata.namespace === near.metadata.namespace && one.metadata.name === name,
      ),
    selected: (near: Resource, selector: Record<string, string>): Workload[] =>
      workloads.filter(
        ({ resource, template }) =>
          resource.metadata.namespace === near.metadata.namespace && matches(template.metadata.labels, selector),
      ),
  };
}

export type Finder = ReturnType<typeof finder>;

/** A finding about a field of a resource; the message leads with the object and its place. */
export function finding(resource: Resource, path: (string | number)[], what: string): Unresolved {
  return sentence(resource, path, `${resource.kind} ${resource.metadata.name} ${what}`);
}

/** A finding whose sentence does not begin with the object; `text` has no full stop. */
export function sentence(resource: Resource, path: (string | number)[], text: string): Unresolved {
  const source = { file: resource.source.file, line: path.length === 0 ? resource.source.line : resource.lineOf(path) };
  return { source, message: `${source.file}:${source.line}: ${text}.` };
}
