import { Failure } from '../../places/failure.ts';
import { withRelativePaths } from './file-options.ts';

/** What a command throws for an error of the readers of manifests: a Failure with the sentence of a ManifestError, and any other error as it is. */
export async function failureOf(error: unknown): Promise<unknown> {
  // Loaded here: most commands read no manifests themselves.
  const { ManifestError } = await import('@tuesday/mesh/manifests');
  return error instanceof ManifestError ? new Failure(withRelativePaths(error.message)) : error;
}
