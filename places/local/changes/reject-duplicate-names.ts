import { type Resource, ManifestError } from '@tuesday/mesh/manifests';

/**
 * Throws ManifestError for a StatefulSet whose pods would have the same names as those of another namespace. Unlike the
 * names of a Deployment's pods they have no random part, and a pod's logs, sockets and files are named after the pod alone.
 */
export function rejectDuplicateNames(resources: readonly Resource[], present: readonly Resource[]): void {
  const sets = [...present, ...resources].filter(({ kind }) => kind === 'StatefulSet');
  for (const { kind, metadata, source, lineOf } of resources) {
    if (kind !== 'StatefulSet') continue;
    const { name, namespace } = metadata;
    const other = sets.find((one) => one.metadata.name === name && one.metadata.namespace !== namespace);
    if (other === undefined) continue;
    const line = lineOf(['metadata', 'name']);
    const what = `StatefulSet ${name} of namespace ${other.metadata.namespace} has pods of the same names, by which their logs and sockets go here: give this one another name`;
    throw new ManifestError({ file: source.file, line }, what);
  }
}
