import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. Every other path here starts from it: `services/billing/src/app.ts`. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Workspace {
  folder: string;
  name: string;
  /** The doors: what others may import, and the file behind it. */
  exports: Record<string, string>;
}

/** What an import leads to. */
export interface Target {
  path: string;
  /** Whether it is imported by a name that the package's `exports` lists, as in '@tuesday/service/register'. */
  byDoor: boolean;
}

/** Nothing is kept between two calls: an editor's lint server lives on while folders come and go. */
function workspaces(): Workspace[] {
  const { workspaces: patterns } = manifestOf('.') as { workspaces: string[] };
  const folders = patterns.flatMap((pattern) => {
    const parent = pattern.replace(/\/\*$/, '');
    return parent === pattern ? [pattern] : foldersIn(parent).map((name) => `${parent}/${name}`);
  });
  return folders
    .filter((folder) => existsSync(join(ROOT, folder, 'package.json')))
    .map((folder) => ({ exports: {}, ...manifestOf(folder), folder }) as Workspace);
}

const manifestOf = (folder: string): object =>
  JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as object;

const foldersIn = (parent: string): string[] =>
  existsSync(join(ROOT, parent))
    ? readdirSync(join(ROOT, parent), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name] : [],
      )
    : [];

/**
 * Where an import leads to: a path, whether it was written as one or as the name of a workspace.
 * @returns undefined for what is not in the repository: Node's own modules and npm packages
 */
export function resolveImport(specifier: string, from: string): Target | undefined {
  if (specifier.startsWith('.')) return { path: join(dirname(from), specifier), byDoor: false };
  const [scope, second, ...rest] = specifier.split('/');
  const name = scope?.startsWith('@') ? `${scope}/${second}` : scope;
  const workspace = workspaces().find((one) => one.name === name);
  if (workspace === undefined) return undefined;
  const door = workspace.exports[['.', ...rest].join('/')];
  return { path: join(workspace.folder, door ?? rest.join('/')), byDoor: door !== undefined };
}

/** The names by which others may import a package: '@tuesday/mesh/model'. */
export function doorsOf(folder: string): string[] {
  const workspace = workspaces().find((one) => one.folder === folder);
  return Object.keys(workspace?.exports ?? {}).map((door) => `'${join(workspace?.name ?? '', door)}'`);
}

/** How many source files a folder may hold. */
export const MOST_FILES = 20;

/** The source files of a folder, in the order of their names: not its tests, nor a declaration that stands beside its source. */
export function sourcesIn(folder: string): string[] {
  if (/(^|\/)(testing|testdata|migrations)$/.test(folder)) return [];
  return readdirSync(join(ROOT, folder))
    .filter((name) => /\.[cm]?[jt]sx?$/.test(name) && !/\.(test|d)\.[cm]?[jt]sx?$/.test(name))
    .sort();
}
