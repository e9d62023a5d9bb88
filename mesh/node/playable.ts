import { podTemplateOf } from '../manifests/kinds/typed.ts';
import { ManifestError, type Resource } from '../manifests/resource.ts';
import { IMAGES, programFor } from './images.ts';

/** Throws ManifestError for a workload whose image no local program plays. */
export function refuseUnplayable(resources: readonly Resource[]): void {
  for (const resource of resources) {
    const template = podTemplateOf(resource);
    if (!template || programFor(template)) continue;
    const line = resource.lineOf(['spec', 'template', 'spec', 'containers', 0, 'image']);
    const known = IMAGES.length;
    throw new ManifestError(
      { file: resource.source.file, line },
      `no program plays the image ${template.spec.containers[0]!.image} locally: the table in mesh/node/images.ts has ${known} rows, and Istio's gateway`,
    );
  }
}
