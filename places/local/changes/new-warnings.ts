import { diagnose } from '@tuesday/mesh/explain';
import { type Resource, findWarnings } from '@tuesday/mesh/manifests';
import type { Mesh } from '@tuesday/mesh/model';

/** The objects at one time, and the mesh that they come to; undefined without a mesh. */
export interface Situation {
  resources: readonly Resource[];
  mesh: Mesh | undefined;
}

/** All warnings about the objects and their mesh. */
export function warningsOf({ resources, mesh }: Situation) {
  return [...findWarnings(resources), ...(mesh === undefined ? [] : diagnose(mesh))];
}

/** The warnings after a change: all that are about `files`, and in other files those that the change has brought. */
export function newWarnings(before: Situation, after: Situation, files: ReadonlySet<string>): string[] {
  const known = new Set(warningsOf(before).map(({ message }) => message));
  return warningsOf(after)
    .filter(({ source, message }) => files.has(source.file) || !known.has(message))
    .map(({ message }) => message);
}
