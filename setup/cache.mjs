import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { statSync, utimesSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join, sep } from 'node:path';
import { identityOf, isRunning } from './processes/identity.mjs';

/** An unfinished folder older than this, in ms, was left behind by whichever machine shares the cache. */
const OLD = 3_600_000;

const DAY = 86_400_000;
/** What no clone has used for so long, in ms, is removed: it would be fetched again. */
const UNUSED = 30 * DAY;

/** The folder for what all clones of a user share: Node, Envoy, Chromium. @param {NodeJS.ProcessEnv} env */
export const cacheOf = (env) => join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'tuesday');

/**
 * Makes something in a new folder of the cache, which is removed at the end: what is complete is moved out of it by a rename,
 * so that a half-written thing never has the name of a whole one. First removes what killed set-ups have left, and what no clone
 * has used for 30 days.
 * @template T
 * @param {string} cache
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inNewFolder(cache, work) {
  await mkdir(cache, { recursive: true });
  await removeLeftovers(cache);
  await removeUnused(cache);
  const folder = await mkdtemp(join(cache, `${prefix()}${identityOf()}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The names of this machine's unfinished folders begin with this; then comes the process's identity. */
const prefix = () => `.new-${hostname()}-`;

/** @param {string} cache */
async function removeLeftovers(cache) {
  for (const name of (await readdir(cache)).filter((name) => name.startsWith('.new-'))) {
    const folder = join(cache, name);
    const isLeft = name.startsWith(prefix())
      ? !isRunning(name.slice(prefix().length, name.lastIndexOf('-')))
      : Date.now() - (await stat(folder)).mtimeMs > OLD;
    if (isLeft) await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Notes that a clone uses a thing of the cache, at most once a day: its folder's time of change is when it was last used.
 * @param {string} cache
 * @param {string | undefined} file a file somewhere in the thing's folder; one outside of the cache is left alone
 */
export function noteUse(cache, file) {
  const [name = ''] = file?.startsWith(cache + sep) ? file.slice(cache.length + 1).split(sep) : [];
  const folder = join(cache, name);
  try {
    if (name !== '' && Date.now() - statSync(folder).mtimeMs > DAY) utimesSync(folder, new Date(), new Date());
  } catch {
    // Not there yet, or a cache that only another user can write.
  }
}

/** Old versions of Node, Envoy and Chromium. @param {string} cache */
async function removeUnused(cache) {
  for (const name of (await readdir(cache)).filter((name) => /^(?:node|envoy|chromium)-/.test(name))) {
    const folder = join(cache, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > UNUSED) await rm(folder, { recursive: true, force: true });
  }
}
