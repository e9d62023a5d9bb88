import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cacheOf } from '../cache.mjs';
import { withLock } from '../lock.mjs';
import { SetupError } from '../trouble/trouble.mjs';
import { identityOf, isRunning, pidOf } from './identity.mjs';

/** A clone of the repository, and the environment that says where the cache is. @typedef {{ root: string, env: NodeJS.ProcessEnv }} Clone */

const hash = (/** @type {string} */ path) => createHash('sha256').update(resolve(path)).digest('hex').slice(0, 12);

/** The lock of a clone's set-up. @param {Clone} clone */
export const setupLock = ({ root, env }) => join(cacheOf(env), `setup-${hash(root)}.lock`);

/** The notes of a clone begin with this. @param {string} root */
const notesOf = (root) => `shop-${hash(root)}-`;

/**
 * Notes that this process runs a shop from the clone, so that no set-up changes the packages under it. Waits first for a
 * set-up that runs. Where the cache cannot be written there is no set-up either, and nothing is noted.
 * @param {Clone} clone
 * @param {{ state: string, onWait?: (pid: number) => void }} shop its state folder
 * @returns {Promise<() => void>} ends the note
 * @throws {SetupError} when the set-up does not end
 */
export async function noteShop(clone, { state, onWait = () => {} }) {
  const cache = cacheOf(clone.env);
  const file = join(cache, `${notesOf(clone.root)}${hash(state)}`);
  const note = async () => {
    // Of clones that are no more, too.
    live(cache, 'shop-');
    // Another clone removes notes without a running process: it must not find half of this one.
    const half = join(cache, `.note-${identityOf()}`);
    writeFileSync(half, `${identityOf()}\n${state}`);
    renameSync(half, file);
  };
  await withLock(setupLock(clone), note, { onWait }).catch((error) => {
    if (error instanceof SetupError) throw error;
  });
  return () => rmSync(file, { force: true });
}

/**
 * The shops that run from the clone.
 * @param {Clone} clone
 * @returns {{ pid: number, state: string }[]}
 */
export const runningShops = ({ root, env }) => live(cacheOf(env), notesOf(root));

/** The shops whose notes begin with `prefix`. Removes the notes of those that were killed. @param {string} cache @param {string} prefix */
function live(cache, prefix) {
  return namesIn(cache, prefix).flatMap((name) => {
    const [identity = '', state = ''] = textOf(join(cache, name)).split('\n');
    if (isRunning(identity)) return [{ pid: pidOf(identity), state }];
    rmSync(join(cache, name), { force: true });
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

/** @param {string} folder @param {string} prefix */
function namesIn(folder, prefix) {
  try {
    return readdirSync(folder).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}
