import { type Resource, findWarnings } from '@tuesday/mesh/manifests';

/**
 * A warning for each reference to an object that does not exist after a change: all such references in `files`, and in
 * other files those that the change has broken.
 */
export function newWarnings(before: Resource[], after: Resource[], files: ReadonlySet<string>): string[] {
  const known = new Set(findWarnings(before).map(({ message }) => message));
  return findWarnings(after)
    .filter(({ source, message }) => files.has(source.file) || !known.has(message))
    .map(({ message }) => message);
}
