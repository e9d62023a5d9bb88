import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureReady } from '../ready.mjs';
import { fakeRun, folderOf, quiet, write } from './folders.mjs';

/** @type {import('../builds.mjs').Build} */
export const page = {
  name: 'page',
  what: 'the page',
  inputs: ['package-lock.json', 'page'],
  output: 'dist/index.html',
  command: ['build', 'it'],
};
export const clone = () => folderOf({ 'package-lock.json': '{}', 'page/main.ts': '1', 'page/main.test.ts': '1' });

/** A machine on which npm and the build work. @param {string} root */
export function machine(root) {
  return fakeRun((line) => {
    if (line.startsWith('npm')) mkdirSync(join(root, 'node_modules'), { recursive: true });
    if (line === 'build it') write(root, 'dist/index.html', 'x');
  });
}

/** @param {string} root @param {{ run: import('../processes/command.mjs').Run, cache?: string, version?: string, mesh?: boolean }} with_ */
export const ready = (root, { run, cache = folderOf(), version = '24.21.0', mesh = false }) =>
  ensureReady({
    dev: false,
    mesh,
    root,
    run,
    version,
    env: { PATH: '/bin', XDG_CACHE_HOME: cache },
    builds: [page],
    progress: quiet,
  });
