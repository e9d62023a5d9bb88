import { readFileSync, statSync } from 'node:fs';
import { ManifestError } from './resource.ts';
import { MOST_BYTES, TOO_LARGE } from './yaml/limits.ts';

/** The text of a file. Throws ManifestError if it cannot be opened, is too large or is not UTF-8. */
export function readManifest(file: string): string {
  try {
    if (statSync(file).size > MOST_BYTES) throw new ManifestError({ file, line: 0 }, TOO_LARGE);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof ManifestError) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new ManifestError({ file, line: 0 }, `cannot be read: ${REASONS[code] ?? String(error)}`);
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
};
