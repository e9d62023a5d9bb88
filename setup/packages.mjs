import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from './hash.mjs';
import { npm } from './npm.mjs';
import { readStamp, removeStamp, writeStamp } from './stamp.mjs';
import { NPM } from './trouble/sources.mjs';
import { explain, explainErrors } from './trouble/trouble.mjs';

/** The repository's root; `dev`: with the dependencies of the tests. @typedef {{ root: string, dev: boolean }} PackageRequest */
/** @typedef {{ version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean, link?: boolean,
 *   os?: string[], cpu?: string[], libc?: string[] }} Entry */

const PACKAGES = { what: 'the packages', source: NPM };

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
  const isComplete = missingPackages(request)?.length === 0;
  if (isComplete) writeStamp(stampOf(request.root), expectedStamp(request));
  return isComplete;
}

/** npm's own list of what it has installed. */
const installedIn = (/** @type {string} */ root) => join(root, 'node_modules', '.package-lock.json');

/** What is not installed as package-lock.json says; undefined where npm has not finished. @param {PackageRequest} request @returns {string[] | undefined} */
function missingPackages({ root, dev }) {
  const locked = packagesIn(join(root, 'package-lock.json'));
  const installed = packagesIn(installedIn(root));
  if (!locked || !installed) return undefined;
  return Object.entries(locked)
    .filter(([path, entry]) => path.includes('node_modules/') && isNeeded(entry, dev))
    .filter(([path, { version }]) => installed[path]?.version !== version || !existsSync(join(root, path)))
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
}

/**
 * Whether a package must be there. npm goes on without an optional one that it could not get; those for this platform (PostgreSQL's
 * programs, a compiler) are optional only because there is one for each platform.
 * @param {Entry} entry @param {boolean} dev
 */
function isNeeded({ link, dev: ofTests, optional, devOptional, os, cpu, libc }, dev) {
  if (link || (ofTests && !dev)) return false;
  if (!optional && !devOptional) return true;
  if (devOptional && !dev) return false;
  const fits = (/** @type {string[] | undefined} */ list, /** @type {string} */ mine) => !list || list.includes(mine);
  return Boolean(os && cpu) && fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, 'glibc');
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
 * @param {PackageRequest & { env: NodeJS.ProcessEnv, run: import('./processes/command.mjs').Run }} options
 * @returns {Promise<number | undefined>} how many packages were added
 * @throws {import('./trouble/trouble.mjs').SetupError}
 */
export async function installPackages({ root, dev, env, run }) {
  const trouble = { env, folders: [join(root, 'node_modules'), root] };
  return explainErrors(
    PACKAGES,
    async () => {
      const adds = dev && hasPackages({ root, dev: false });
      if (!adds) removeStamp(stampOf(root));
      const command = adds ? ['install', '--no-save'] : ['ci'];
      const quiet = ['--no-audit', '--no-fund'];
      // Those for this platform are optional (isNeeded): `include` goes before `omit=optional` in the machine's settings.
      const args = [...command, dev ? '--include=dev' : '--omit=dev', '--include=optional', ...quiet];
      const { code, output } = await npm(args, { run, cwd: root, env });
      // With a full disk some versions of npm only warn, and leave half-written files.
      const isWhole = code === 0 && !/TAR_ENTRY_ERROR/.test(output);
      const [missing] = (isWhole && missingPackages({ root, dev })) || [];
      if (!isWhole || missing) {
        rmSync(installedIn(root), { force: true });
        throw explain(missing ? { what: missing, source: NPM } : PACKAGES, output, trouble);
      }
      writeStamp(stampOf(root), expectedStamp({ root, dev }));
      return Number(/added (\d+) packages?/.exec(output)?.[1]) || undefined;
    },
    trouble,
  );
}
