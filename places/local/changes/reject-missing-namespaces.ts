import { ManifestError, type Resource } from '@tuesday/mesh/manifests';

/** These exist in every cluster. */
const ALWAYS = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/**
 * Throws ManifestError for the first object of a namespace that does not exist: `known` has no such Namespace and nothing in
 * it, and no object before it makes it. Source: Kubernetes, admission plugin NamespaceLifecycle.
 */
export function rejectMissingNamespaces(resources: readonly Resource[], known: readonly Resource[]): void {
  const existing = known.map(({ kind, metadata }) => (kind === 'Namespace' ? metadata.name : metadata.namespace));
  const namespaces = new Set([...ALWAYS, ...existing]);
  for (const { kind, metadata, source, lineOf } of resources) {
    if (kind === 'Namespace') namespaces.add(metadata.name);
    if (metadata.namespace === undefined || namespaces.has(metadata.namespace)) continue;
    const place = { file: source.file, line: lineOf(['metadata', 'namespace']) };
    throw new ManifestError(
      place,
      `namespaces "${metadata.namespace}" not found, in which ${kind} ${metadata.name} would be`,
    );
  }
}
