import { asKind, podTemplateOf } from '../../../packages/mesh/manifests/kinds/typed.ts';
import { ManifestError, type Resource } from '../../../packages/mesh/manifests/resource.ts';
import { IMAGES, type Program, type Row, programFor } from '../programs/images.ts';

/** Throws ManifestError for a workload that could not run here as it is written: rather that than leave a field out. */
export function refuseUnplayable(resources: readonly Resource[], images: readonly Row[] = IMAGES): void {
  for (const resource of resources) {
    const template = podTemplateOf(resource);
    if (!template) continue;
    const program = programFor(template, images);
    const { image } = template.spec.containers[0]!;
    if (!program) {
      const known = images.map(({ name }) => name).join(', ');
      refuse(
        resource,
        [...CONTAINER, 'image'],
        `no program plays the image ${image} locally: places/local/programs/images.ts has ${known}`,
      );
    }
    refuseUnmodelled(resource, program!);
  }
}

const CONTAINER = ['spec', 'template', 'spec', 'containers', 0];

function refuseUnmodelled(resource: Resource, program: Program): void {
  const { containers, volumes } = podTemplateOf(resource)!.spec;
  const { command, workingDir, volumeMounts } = containers[0]!;
  if (command && (program.kind !== 'node' || command[0] !== 'node'))
    refuse(
      resource,
      [...CONTAINER, 'command'],
      'only a command that begins with node, in an image of the shop, is modelled locally',
    );
  if (workingDir) refuse(resource, [...CONTAINER, 'workingDir'], 'workingDir is not modelled locally');
  const { minReadySeconds } = asKind(resource, resource.kind as 'Deployment' | 'StatefulSet').spec;
  if (minReadySeconds > 0) refuse(resource, ['spec', 'minReadySeconds'], 'minReadySeconds is not modelled locally');
  if (program.kind === 'postgres') return;
  for (const [index, { name }] of volumeMounts.entries())
    if (!volumes.find((volume) => volume.name === name)?.emptyDir)
      refuse(
        resource,
        [...CONTAINER, 'volumeMounts', index],
        'only PostgreSQL has its Secret, ConfigMap and claim volumes mounted locally',
      );
}

function refuse(resource: Resource, path: (string | number)[], what: string): never {
  throw new ManifestError({ file: resource.source.file, line: resource.lineOf(path) }, what);
}
