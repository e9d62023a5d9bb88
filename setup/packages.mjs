import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from './hash.mjs';
import { readStamp, removeStamp, writeStamp } from './stamp.mjs';
import { explain, explainErrors } from './trouble.mjs';

/** The repository's root; `dev`: with the dependencies of the tests. @typedef {{ root: string, dev: boolean }} PackageRequest */
/** @typedef {{ version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean, link?: boolean }} Entry */

const stampOf = (/** @type {string} */ root) => join(root, 'node_modules', '.tuesday.json');
const expectedStamp = (/** @type {PackageRequest} */ { root, dev }) => ({
  lock: hashOf(root, ['package-lock.json']),
  platform: `${process.platform}-${process.arch}`,
  dev,
});

/**
 * Whether node_modules is what package-lock.json says. An installation with the tests' dependencies is enough for both.
 * @param {PackageRequest} request
 */
export function hasPackages(request) {
  const now = expectedStamp(request);
  const stamp = readStamp(stampOf(request.root));
  return stamp?.['lock'] === now.lock && stamp['platform'] === now.platform && (stamp['dev'] === true || !request.dev);
}

/**
 * Accepts an installation that was made with npm directly. npm writes a lock file into node_modules as its last step.
 * @param {PackageRequest} request
 * @returns {boolean} true if it is complete; then its stamp is written
 */
export function adoptPackages(request) {
  const locked = packagesIn(join(request.root, 'package-lock.json'));
  const installed = packagesIn(join(request.root, 'node_modules', '.package-lock.json'));
  if (!locked || !installed) return false;
  const complete = Object.entries(locked).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.link || entry.optional || entry.devOptional) return true;
    if (entry.dev && !request.dev) return true;
    return installed[path]?.version === entry.version && existsSync(join(request.root, path));
  });
  if (complete) writeStamp(stampOf(request.root), expectedStamp(request));
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
 * Installs exactly what package-lock.json says. The stamp is removed first and written last, so that an interrupted
 * installation is repeated. npm ci begins by emptying node_modules; where only the dependencies of the tests are missing
 * they are added instead, so that npm start still works if they cannot be downloaded.
 * @param {PackageRequest & { env: NodeJS.ProcessEnv, run: import('./command.mjs').Run }} options
 * @returns {Promise<number | undefined>} how many packages were added
 * @throws {import('./trouble.mjs').SetupError}
 */
export async function installPackages({ root, dev, env, run }) {
  return explainErrors('the packages', async () => {
    const adds = dev && hasPackages({ root, dev: false });
    if (!adds) removeStamp(stampOf(root));
    const command = adds ? ['install', '--no-save'] : ['ci'];
    const quick = ['--no-audit', '--no-fund', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000'];
    const args = [...command, dev ? '--include=dev' : '--omit=dev', '--prefer-offline', ...quick];
    const { code, output } = await run('npm', args, { cwd: root, env });
    if (code !== 0) throw explain('the packages', output);
    writeStamp(stampOf(root), expectedStamp({ root, dev }));
    return Number(/added (\d+) packages?/.exec(output)?.[1]) || undefined;
  });
}
