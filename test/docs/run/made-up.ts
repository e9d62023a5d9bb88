import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ground } from './ground.ts';
import { lookAtTree } from './look.ts';

/** A made-up ground: a git tree, whose file `shop` is the only object of its shop. */
export interface MadeUp extends Ground {
  /** How often the base was made to stand again. */
  resets: number;
  /** Writes a program into the PATH of its commands. */
  program(name: string, script: string): void;
}

/** Makes one below the folder for temporary files. */
export function madeUp(): MadeUp {
  const folder = mkdtempSync(join(tmpdir(), 'tuesday-made-up-'));
  const [tree, programs, shop] = ['tree', 'programs', 'shop'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(tree);
  mkdirSync(programs);
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd: tree });
  git('init', '-q');
  git('commit', '-qm', 'base', '--allow-empty');
  writeFileSync(shop, 'base');
  return {
    cwd: tree,
    env: { PATH: `${programs}:/usr/local/bin:/usr/bin:/bin`, SHOP: shop },
    isShared: true,
    resets: 0,
    program(name, script) {
      writeFileSync(join(programs, name), `#!/bin/bash\n${script}\n`);
      chmodSync(join(programs, name), 0o755);
    },
    async look() {
      return new Map([['VirtualService shop/canary', readFileSync(shop, 'utf8')], ...lookAtTree(tree)]);
    },
    async reset() {
      this.resets += 1;
      writeFileSync(shop, 'base');
    },
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
