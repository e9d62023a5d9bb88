import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identityOf, isRunning, pidOf } from './processes/identity.mjs';
import { SetupError } from './trouble/trouble.mjs';

/**
 * Runs the work while no other process does: one set-up at a time. A lock whose processes are all dead is removed.
 * @template T
 * @param {string} file the lock file; it lists the identities of the holder and of the commands that it has started
 * @param {(addPid: (pid: number) => void) => Promise<T>} work `addPid` keeps the lock while that process runs, even if this one is killed
 * @param {{ onWait?: (pid: number) => (() => unknown) | void, timeoutMs?: number }} [options] `onWait`: called once where another holds the lock; what it returns is called when the waiting has ended
 * @returns {Promise<T>}
 * @throws {SetupError} when the holder still runs after `timeoutMs`
 */
export async function withLock(file, work, { onWait = () => {}, timeoutMs = 15 * 60_000 } = {}) {
  await mkdir(dirname(file), { recursive: true });
  const end = Date.now() + timeoutMs;
  const text = `${identityOf()}`;
  let holder = 0;
  const isHeld = (/** @type {string} */ other) => (holder = pidOf(other.split(' ').find(isRunning) ?? '0')) > 0;
  /** @type {(() => unknown) | void} */
  let onEnd = undefined;
  try {
    for (let waits = false; (await takeLock(file, { text, isHeld })) !== undefined; waits = true) {
      if (!waits) onEnd = onWait(holder);
      if (Date.now() > end)
        throw new SetupError(
          `Another set-up (process ${holder}) has not finished. Stop it, or remove ${file}, then run the same command again.`,
        );
      await pause(100);
    }
  } finally {
    onEnd?.();
  }
  try {
    return await work((pid) => appendFileSync(file, ` ${identityOf(pid) ?? ''}`));
  } finally {
    await rm(file, { force: true });
  }
}

/**
 * Takes a lock file for this process, and takes a dead one away first. Of two processes that try at once only one gets it.
 * @param {string} file
 * @param {{ text: string, isHeld: (text: string) => boolean, mode?: number }} options `text`: names the holder; `isHeld`: whether the holder named by another lock's text still lives; `mode`: of the file
 * @returns {Promise<string | undefined>} the text of the lock that another process holds; undefined when this one has it now
 */
export async function takeLock(file, { text, isHeld, mode }) {
  while (!(await make(file, text, mode))) {
    const held = await textOf(file);
    if (held === undefined) continue;
    if (isHeld(held)) return held;
    await removeStale(file, held);
  }
  return undefined;
}

/** Creates the lock by a link, which is atomic: no process reads a lock without its holder's name. @param {string} file @param {string} text @param {number} [mode] */
async function make(file, text, mode) {
  const mine = `${file}.${randomUUID()}`;
  try {
    await writeFile(mine, text, { mode });
    await link(mine, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
}

/** @param {string} file */
const textOf = (file) => readFile(file, 'utf8').catch(() => undefined);

/** Moves a stale lock away; if another process has replaced it in the meantime, the new lock is put back. @param {string} file @param {string} text */
async function removeStale(file, text) {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await textOf(aside)) !== text) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
}
