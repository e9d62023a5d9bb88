import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A copy of the work tree for mutated code; `Symbol.dispose` removes it. */
export interface Copy {
  folder: string;
  read(file: string): string;
  write(file: string, text: string): void;
  [Symbol.dispose](): void;
}

/**
 * Copies all files that git tracks or could track (not ignored ones) and what is built, and links the installed packages.
 * @throws Error if `root` is not a git work tree
 */
export function copyTree(root: string): Copy {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tuesday-mutants-')));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  // A tracked file may be deleted in the work tree.
  const files = listed.split('\0').filter((file) => file && existsSync(join(root, file)));
  for (const file of files) cpSync(join(root, file), join(folder, file));
  linkPackages(root, folder);
  for (const workspace of new Set(
    files.filter((file) => /[^/]+\/package\.json$/.test(file)).map((file) => dirname(file)),
  )) {
    for (const linked of ['node_modules', 'dist']) {
      // The tracing bundle is not linked: it would hide a change of its sources, and a service runs without it.
      if (linked === 'dist' && workspace === 'packages/service') continue;
      const from = join(root, workspace, linked);
      if (!existsSync(from)) continue;
      // A build in the copy must not write into the original.
      if (linked === 'dist') cpSync(from, join(folder, workspace, linked), { recursive: true });
      else symlinkSync(from, join(folder, workspace, linked));
    }
  }
  return {
    folder,
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    write: (file, text) => writeFileSync(join(folder, file), text),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Makes node_modules a folder of links: to the copy for the repository's own packages, to the originals for the others. */
function linkPackages(root: string, folder: string): void {
  const from = join(root, 'node_modules');
  const to = join(folder, 'node_modules');
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name === '.cache') continue;
    // Set-up writes these: what is installed.
    if (['.tuesday.json', '.package-lock.json'].includes(name)) {
      cpSync(join(from, name), join(to, name));
      continue;
    }
    if (!name.startsWith('@')) {
      symlinkSync(join(from, name), join(to, name));
      continue;
    }
    mkdirSync(join(to, name));
    for (const inner of readdirSync(join(from, name))) {
      const target = name === '@tuesday' ? readlinkSync(join(from, name, inner)) : join(from, name, inner);
      symlinkSync(target, join(to, name, inner));
    }
  }
}
