import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cacheOf } from '../cache.mjs';
import { withLock } from '../lock.mjs';
import { SetupError } from '../trouble/trouble.mjs';
import { identityOf, isRunning, pidOf } from './identity.mjs';

/** A clone of the repository, and the environment that says where the cache is. @typedef {{ root: string, env: NodeJS.ProcessEnv }} Clone */

const hash = (/** @type {string} */ path) => createHash('sha256').update(resolve(path)).digest('hex').slice(0, 12);

/** The lock of a clone's set-up. @param {Clone} clone */
export const setupLock = ({ root, env }) => join(cacheOf(env), `setup-${hash(root)}.lock`);

/** A file for each shop that runs from the clone. @param {Clone} clone */
const folderOf = ({ root, env }) => join(cacheOf(env), `shops-${hash(root)}`);

/**
 * Notes that this process runs a shop from the clone, so that no set-up changes the packages under it. Waits first for a
 * set-up that runs. Where the cache cannot be written there is no set-up either, and nothing is noted.
 * @param {Clone} clone
 * @param {{ state: string, onWait?: (pid: number) => void }} shop its state folder
 * @returns {Promise<() => void>} ends the note
 * @throws {SetupError} when the set-up does not end
 */
export async function noteShop(clone, { state, onWait = () => {} }) {
  const file = join(folderOf(clone), hash(state));
  const note = async () => {
    mkdirSync(folderOf(clone), { recursive: true });
    writeFileSync(file, `${identityOf()}\n${state}`);
  };
  await withLock(setupLock(clone), note, { onWait }).catch((error) => {
    if (error instanceof SetupError) throw error;
  });
  return () => rmSync(file, { force: true });
}

/**
 * The shops that run from the clone. Removes the notes of those that were killed.
 * @param {Clone} clone
 * @returns {{ pid: number, state: string }[]}
 */
export function runningShops(clone) {
  return filesIn(folderOf(clone)).flatMap((file) => {
    const [identity = '', state = ''] = textOf(file).split('\n');
    if (isRunning(identity)) return [{ pid: pidOf(identity), state }];
    rmSync(file, { force: true });
    return [];
  });
}

/** '' where the shop has ended in the meantime. @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** @param {string} folder */
function filesIn(folder) {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
