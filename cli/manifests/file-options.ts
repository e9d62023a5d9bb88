import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Cli } from '../cli.ts';
import { Failure } from '../../places/failure.ts';
import { manifestFiles, readTextFile } from './files.ts';
import { isUrl, readUrl } from './url.ts';

/** The options `-f`, `-k`, `-R` and `-n`. */
export interface FileOptions {
  filename?: string[];
  kustomize?: string;
  recursive?: true;
  namespace: string;
}

/** One file of a request: its name in messages, its text, and its path where it is a file on disk. */
export interface ManifestText {
  name: string;
  path?: string;
  text: string;
}

/** The body of an apply or delete request, from `-f` or `-k`. Throws Failure for neither, for both, and for a file that cannot be opened. */
export async function readFileOptions(cli: Cli, chosen: FileOptions): Promise<object> {
  const { filename = [], kustomize, recursive = false, namespace } = chosen;
  if (kustomize !== undefined && filename.length > 0) throw new Failure('error: only one of -f or -k can be specified');
  if (kustomize !== undefined) return { kustomization: resolve(kustomize), namespace };
  if (filename.length === 0) throw new Failure('error: must specify one of -f and -k');
  const files: ManifestText[] = [];
  for (const path of filename) files.push(...(await textsOf(path, cli, recursive)));
  return { files, namespace };
}

async function textsOf(path: string, cli: Cli, recursive: boolean): Promise<ManifestText[]> {
  if (path === '-') return [await fromStdin(cli)];
  return isUrl(path) ? [{ name: path, text: await readUrl(path) }] : fromDisk(path, recursive);
}

async function fromStdin(cli: Cli): Promise<ManifestText> {
  const text = await cli.stdin();
  if (text.trim() === '') throw new Failure('error: no objects passed to apply: standard input is empty');
  return { name: 'STDIN', text };
}

function fromDisk(path: string, recursive: boolean): ManifestText[] {
  return manifestFiles(path, recursive).map((name) => ({ name, ...placeOf(name), text: readTextFile(name) }));
}

/** A pipe, such as the shell's <(…), has no path. */
function placeOf(name: string): { path?: string } {
  try {
    return { path: realpathSync(name) };
  } catch {
    return {};
  }
}

/** Makes the paths in a sentence of the runner relative to the user's current folder. */
export function withRelativePaths(text: string): string {
  return text.replaceAll(`${process.cwd()}/`, '');
}
