import { ManifestError, type Resource } from '../../../packages/mesh/manifests/resource.ts';

/**
 * Throws ManifestError for a StatefulSet whose pods would have the names of another namespace's: unlike those of a
 * Deployment they carry no random part, and here a pod's logs, sockets and files go by its name alone.
 */
export function refuseNamesakes(resources: readonly Resource[], present: readonly Resource[]): void {
  const sets = [...present, ...resources].filter(({ kind }) => kind === 'StatefulSet');
  for (const { kind, metadata, source, lineOf } of resources) {
    if (kind !== 'StatefulSet') continue;
    const { name, namespace } = metadata;
    const twin = sets.find((one) => one.metadata.name === name && one.metadata.namespace !== namespace);
    if (twin === undefined) continue;
    const line = lineOf(['metadata', 'name']);
    const what = `StatefulSet ${name} of namespace ${twin.metadata.namespace} has pods of the same names, by which their logs and sockets go here: give this one another name`;
    throw new ManifestError({ file: source.file, line }, what);
  }
}
