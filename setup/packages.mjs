import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from './hash.mjs';
import { readStamp, removeStamp, writeStamp } from './stamp.mjs';
import { explain, explained } from './trouble.mjs';

/** @typedef {{ root: string, dev: boolean }} Wish */
/** @typedef {{ version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean, link?: boolean }} Entry */

const stampOf = (/** @type {string} */ root) => join(root, 'node_modules', '.tuesday.json');
const wanted = (/** @type {Wish} */ { root, dev }) => ({
  lock: hashOf(root, ['package-lock.json']),
  platform: `${process.platform}-${process.arch}`,
  dev,
});

/**
 * Whether node_modules is what package-lock.json says. An installation with test dependencies serves for both.
 * @param {Wish} wish
 */
export function hasPackages(wish) {
  const now = wanted(wish);
  const stamp = readStamp(stampOf(wish.root));
  return stamp?.['lock'] === now.lock && stamp['platform'] === now.platform && (stamp['dev'] === true || !wish.dev);
}

/**
 * Recognises an installation that somebody made with npm itself, by the lock file that npm leaves in node_modules as its last act.
 * @param {Wish} wish
 * @returns {boolean} true if it is complete; it is then stamped
 */
export function adoptPackages(wish) {
  const locked = packagesIn(join(wish.root, 'package-lock.json'));
  const installed = packagesIn(join(wish.root, 'node_modules', '.package-lock.json'));
  if (!locked || !installed) return false;
  const complete = Object.entries(locked).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.link || entry.optional || entry.devOptional) return true;
    if (entry.dev && !wish.dev) return true;
    return installed[path]?.version === entry.version && existsSync(join(wish.root, path));
  });
  if (complete) writeStamp(stampOf(wish.root), wanted(wish));
  return complete;
}

/** @param {string} file @returns {Record<string, Entry> | undefined} */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Installs exactly what package-lock.json says. The stamp goes first and comes last, so an interrupted installation is done again.
 * npm ci begins by emptying node_modules; where only the dependencies of the tests are missing they are added instead,
 * so that a start that works goes on working if they cannot be had.
 * @param {Wish & { env: NodeJS.ProcessEnv, run: import('./command.mjs').Run }} options
 * @returns {Promise<number | undefined>} how many packages
 * @throws {import('./trouble.mjs').SetupError}
 */
export async function installPackages({ root, dev, env, run }) {
  return explained('the packages', async () => {
    const adds = dev && hasPackages({ root, dev: false });
    if (!adds) removeStamp(stampOf(root));
    const command = adds ? ['install', '--no-save'] : ['ci'];
    const quick = ['--no-audit', '--no-fund', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000'];
    const args = [...command, dev ? '--include=dev' : '--omit=dev', '--prefer-offline', ...quick];
    const { code, output } = await run('npm', args, { cwd: root, env });
    if (code !== 0) throw explain('the packages', output);
    writeStamp(stampOf(root), wanted({ root, dev }));
    return Number(/added (\d+) packages?/.exec(output)?.[1]) || undefined;
  });
}
