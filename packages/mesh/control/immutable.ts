import { isDeepStrictEqual } from 'node:util';
import { ManifestError, type Resource } from '../manifests/resource.ts';

/** The fields that the API server does not let an update change. Source: Kubernetes, pkg/apis/{apps,core}/validation. */
const IMMUTABLE: Record<string, readonly (readonly string[])[]> = {
  Deployment: [['spec', 'selector']],
  StatefulSet: [
    ['spec', 'selector'],
    ['spec', 'serviceName'],
    ['spec', 'podManagementPolicy'],
    ['spec', 'volumeClaimTemplates'],
  ],
  Secret: [['type']],
};

/** Throws ManifestError, with the field's line, if an immutable field would change. */
export function rejectImmutableChanges(before: Resource, after: Resource): void {
  // A field that is left out has its default here, so writing the default down is no change.
  for (const path of IMMUTABLE[after.kind] ?? []) {
    if (isDeepStrictEqual(at(before.typed, path), at(after.typed, path))) continue;
    const source = { file: after.source.file, line: after.lineOf(path) };
    const object = `${after.kind} ${after.metadata.name}`;
    throw new ManifestError(
      source,
      `${path.join('.')} of ${object} cannot change while it exists; delete ${object} first`,
    );
  }
}

function at(typed: unknown, path: readonly string[]): unknown {
  return path.reduce((value, step) => (value as Record<string, unknown> | undefined)?.[step], typed);
}
