import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../ready.mjs';
import { QUICK } from './stages.mjs';

/** A small tree with this one's packages and settings, and a memory of its own. */
let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'tuesday-stages-')));
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
  for (const name of ['prettier', 'typescript', '@typescript', '@types/node', 'undici-types'])
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  for (const file of ['tsconfig.json', '.prettierrc.json', 'package.json'])
    cpSync(join(ROOT, file), join(folder, file));
  mkdirSync(join(folder, 'packages'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a stage in the small tree. */
function run(/** @type {string} */ name) {
  const [, ...args] = QUICK.find((stage) => stage.name === name)?.command ?? [];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { code: status, output: stdout + stderr };
}

/** Writes a file with the time of the one that it replaces, as a checkout may. */
function write(/** @type {string} */ file, /** @type {string} */ text) {
  const path = join(folder, 'packages', file);
  const before = statSync(path, { throwIfNoEntry: false });
  writeFileSync(path, text);
  if (before) utimesSync(path, before.atime, before.mtime);
}

test('When a file changes between two runs and keeps its size and time, then the format check reads it again', () => {
  write('a.ts', 'export const one = 1;\n');
  expect(run('format')).toEqual({ code: 0, output: expect.stringMatching('All matched files use Prettier') });
  write('a.ts', 'export const one =1 ;\n');
  for (const _ of [1, 2]) expect(run('format')).toEqual({ code: 1, output: expect.stringMatching('packages/a.ts') });
});

test('When a type changes between two runs, then the files that use it indirectly are checked again', () => {
  write('a.ts', 'export const one = () => 1;\n');
  write('b.ts', "import { one } from './a.ts';\nexport const two = () => one();\n");
  write('c.ts', "import { two } from './b.ts';\nexport const three: number = two();\n");
  expect(run('types')).toEqual({ code: 0, output: '' });
  write('a.ts', "export const one = () => '';\n");
  for (const _ of [1, 2])
    expect(run('types')).toEqual({ code: 1, output: expect.stringMatching(/packages\/c\.ts.*TS2322/) });
});
