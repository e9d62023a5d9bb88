import type { Resource, Source } from '../resource.ts';
import { podTemplateOf } from '../kinds/typed.ts';
import type { PodTemplate } from '../kinds/pod.ts';
import { matches } from '../labels.ts';
import { printable, shortened } from '../readable.ts';
import type { Path } from '../yaml/places.ts';

/** A warning about an object that is applied all the same, as in Kubernetes. */
export interface Warning {
  source: Source;
  /** `my.yaml:9: Deployment checkout-v1 takes "url" from Secret checkout-database, which has no such key (it has uri).` */
  message: string;
}

/** A workload with the template of its pods. */
export interface Workload {
  resource: Resource;
  template: PodTemplate;
}

/** Finds objects by kind, namespace and name, and workloads by label. */
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

/** A warning about a field of an object; the message begins with the object: `Service billing selects no pods`. */
export function warning(resource: Resource, path: Path, what: string): Warning {
  return plainWarning(resource, path, `${resource.kind} ${resource.metadata.name} ${what}`);
}

/** A warning about the selector of an object that matches no pod. */
export function selectsNoPods(resource: Resource, selector: Record<string, string>): Warning {
  const wanted = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  return warning(resource, ['spec', 'selector'], `selects no pods: no workload is labelled ${wanted.join(',')}`);
}

/** A warning about a field of an object, with any message. `text` has no full stop. */
export function plainWarning(resource: Resource, path: Path, text: string): Warning {
  const source = { file: resource.source.file, line: path.length === 0 ? resource.source.line : resource.lineOf(path) };
  return { source, message: printable(`${source.file}:${source.line}: ${shortened(text)}.`) };
}
