import { type Resource, ManifestError, asKind, podTemplateOf } from '@tuesday/mesh/manifests';
import { IMAGES, type Program, type ImageRow, programFor } from '../programs/image-table.ts';

/** Throws ManifestError for a workload with an image or a field that the local runner does not support: no field is silently ignored. */
export function rejectUnsupported(resources: readonly Resource[], images: readonly ImageRow[] = IMAGES): void {
  for (const resource of resources) {
    const template = podTemplateOf(resource);
    if (!template) continue;
    const program = programFor(template, images);
    const { image } = template.spec.containers[0]!;
    if (!program) {
      const known = images.map(({ name }) => name).join(', ');
      const what = `no program runs locally for the image ${image}: places/local/programs/image-table.ts has ${known}`;
      reject(resource, [...CONTAINER, 'image'], what);
    }
    rejectUnmodelled(resource, program!);
  }
}

const CONTAINER = ['spec', 'template', 'spec', 'containers', 0];
const COMMAND = 'only a command that begins with node, in an image of the shop, is modelled locally';
const VOLUMES = 'only PostgreSQL has its Secret, ConfigMap and claim volumes mounted locally';

function rejectUnmodelled(resource: Resource, program: Program): void {
  const { containers, volumes } = podTemplateOf(resource)!.spec;
  const { command, workingDir, volumeMounts } = containers[0]!;
  if (command && (program.kind !== 'node' || command[0] !== 'node'))
    reject(resource, [...CONTAINER, 'command'], COMMAND);
  if (workingDir) reject(resource, [...CONTAINER, 'workingDir'], 'workingDir is not modelled locally');
  const { minReadySeconds } = asKind(resource, resource.kind as 'Deployment' | 'StatefulSet').spec;
  if (minReadySeconds > 0) reject(resource, ['spec', 'minReadySeconds'], 'minReadySeconds is not modelled locally');
  if (program.kind === 'postgres') return;
  for (const [index, { name }] of volumeMounts.entries())
    if (!volumes.find((volume) => volume.name === name)?.emptyDir)
      reject(resource, [...CONTAINER, 'volumeMounts', index], VOLUMES);
}

function reject(resource: Resource, path: (string | number)[], what: string): never {
  throw new ManifestError({ file: resource.source.file, line: resource.lineOf(path) }, what);
}
