import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ManifestError } from './resource.ts';

/** What kubectl picks out of a folder. */
const MANIFEST = /\.(ya?ml|json)$/;

/** The manifest files that a path of the command line means: itself, or what a folder holds. */
export function expand(path: string, recursive: boolean): string[] {
  if (!open(path, () => statSync(path)).isDirectory()) return [path];
  const entries = open(path, () => readdirSync(path, { withFileTypes: true })).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const files = entries.flatMap((entry) => {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) return recursive ? expand(inner, recursive) : [];
    return MANIFEST.test(entry.name) ? [inner] : [];
  });
  if (files.length === 0)
    throw new ManifestError({ file: path, line: 0 }, 'this folder holds no .yaml, .yml or .json file');
  return files;
}

/** The text of a file; throws ManifestError if it cannot be opened or is no text. */
export function readManifest(file: string): string {
  const bytes = open(file, () => readFileSync(file));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ManifestError({ file, line: 0 }, 'cannot be read: it is not UTF-8 text');
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
};

function open<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new ManifestError({ file, line: 0 }, `cannot be read: ${REASONS[code] ?? String(error)}`);
  }
}
