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

/** A second work tree in which code may be broken; `Symbol.dispose` removes it. */
export interface Copy {
  folder: string;
  read(file: string): string;
  write(file: string, text: string): void;
  [Symbol.dispose](): void;
}

/**
 * Copies what git tracks or would (not what it ignores) and lends it the installed packages.
 * @throws Error if `root` is not a git work tree
 */
export function copyTree(root: string): Copy {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tuesday-mutants-')));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  // A tracked file may have been removed by hand.
  const files = listed.split('\0').filter((file) => file && existsSync(join(root, file)));
  for (const file of files) cpSync(join(root, file), join(folder, file));
  lendPackages(root, folder);
  for (const workspace of new Set(
    files.filter((file) => /[^/]+\/package\.json$/.test(file)).map((file) => dirname(file)),
  )) {
    for (const lent of ['node_modules', 'dist']) {
      // The tracing bundle is not lent: it would hide a change of its sources, and a service runs without it.
      if (lent === 'dist' && workspace === 'packages/service') continue;
      if (existsSync(join(root, workspace, lent)))
        symlinkSync(join(root, workspace, lent), join(folder, workspace, lent));
    }
  }
  return {
    folder,
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    write: (file, text) => writeFileSync(join(folder, file), text),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** node_modules as a folder of links: the repository's own packages lead into the copy, the others to where they are. */
function lendPackages(root: string, folder: string): void {
  const from = join(root, 'node_modules');
  const to = join(folder, 'node_modules');
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name === '.cache') continue;
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
