import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../places/failure.ts';

/** The files that kubectl reads in a folder. */
const MANIFEST = /\.(ya?ml|json)$/;

/** The manifest files of a path: itself, or the files of a folder, in order of names. Throws Failure. */
export function manifestFiles(path: string, recursive: boolean): string[] {
  if (!open(path, () => statSync(path)).isDirectory()) return [path];
  const entries = open(path, () => readdirSync(path, { withFileTypes: true })).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const files = entries.flatMap((entry) => {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) return recursive ? manifestFiles(inner, recursive) : [];
    return MANIFEST.test(entry.name) ? [inner] : [];
  });
  if (files.length === 0) throw unreadable(path, 'this folder holds no .yaml, .yml or .json file');
  return files;
}

/** The text of a file. Throws Failure if it cannot be opened or is no UTF-8 text. */
export function readTextFile(file: string): string {
  return open(file, () => new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)));
}

// The same sentences as in packages/mesh/manifests, which commands do not load: they send texts, and the runner parses them.
const REASONS: Record<string, string> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
};

function open<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw unreadable(file, `cannot be read: ${REASONS[code] ?? String(error)}`);
  }
}

function unreadable(path: string, what: string): Failure {
  return new Failure(`${path}: ${what}. Nothing was changed.`);
}
