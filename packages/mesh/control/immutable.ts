import { isDeepStrictEqual } from 'node:util';
import { ManifestError } from '../manifests/resource.ts';
import type { Resource } from '../manifests/resource.ts';

/** What the API server refuses to change in an object that exists. Source: Kubernetes, pkg/apis/{apps,core}/validation, the updates. */
const FIXED: Record<string, readonly (readonly string[])[]> = {
  Deployment: [['spec', 'selector']],
  StatefulSet: [
    ['spec', 'selector'],
    ['spec', 'serviceName'],
    ['spec', 'podManagementPolicy'],
    ['spec', 'volumeClaimTemplates'],
  ],
  Secret: [['type']],
};

/** Throws ManifestError if an object would change in a way that only deleting it allows. */
export function refuseFixedFields(before: Resource, after: Resource): void {
  const paths = FIXED[after.kind];
  if (paths === undefined) return;
  // What is left out has a default, and writing the default down changes nothing.
  for (const path of paths) {
    if (isDeepStrictEqual(at(before.typed, path), at(after.typed, path))) continue;
    const source = { file: after.source.file, line: after.lineOf(path) };
    const { name } = after.metadata;
    throw new ManifestError(
      source,
      `${path.join('.')} of ${after.kind} ${name} cannot change while it exists; delete ${after.kind} ${name} first`,
    );
  }
}

function at(typed: unknown, path: readonly string[]): unknown {
  return path.reduce((value, step) => (value as Record<string, unknown> | undefined)?.[step], typed);
}
