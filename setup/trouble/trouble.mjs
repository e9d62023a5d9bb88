import fs from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CAUSES } from './causes.mjs';

/** @typedef {import('./causes.mjs').Thing} Thing */

/**
 * A failure of the set-up that the user can repair: one message that says how, printed without a stack.
 */
export class SetupError extends Error {
  /** @param {string} sentence */
  constructor(sentence) {
    super(sentence);
    this.name = 'SetupError';
  }
}

/** Below this a folder counts as full, in bytes: what did not fit has been removed again. */
const FULL = 64 * 1024 * 1024;

/**
 * Turns the output of a failed command into one message that says what to do.
 * @param {Thing} thing
 * @param {string} output everything the command printed
 * @param {{ env?: NodeJS.ProcessEnv, folders?: string[] }} [options] the environment it ran in; the folders it wrote to besides caches and TMPDIR
 * @returns {SetupError}
 */
export function explain(thing, output, { env = process.env, folders = [] } = {}) {
  const home = env['HOME'] || homedir();
  const cacheHome = env['XDG_CACHE_HOME'] || join(home, '.cache');
  const all = [...folders, env['npm_config_cache'] || join(home, '.npm'), cacheHome, home, tmpdir()];
  const failure = {
    thing,
    output,
    env,
    cacheHome,
    fullFolder: () => all.find(isFull),
    closedFolder: () => all.find(isClosed),
  };
  const lines = output.split('\n');
  // npm's errors come first: its warnings and attempts also name troubles that were overcome.
  const ofNpm = lines.filter((line) => /^npm (?:ERR!|error)/.test(line)).join('\n');
  for (const text of [ofNpm, output]) {
    const found = CAUSES.find(({ said }) => said.test(text));
    if (!found) continue;
    const sentence = found.sentence(failure);
    return new SetupError(`${sentence}, then run the same command again${thing.or ? `, ${thing.or}` : '.'}`);
  }
  const errors = lines.filter((line) => /^(?:npm )?(?:ERR!|error)/i.test(line));
  return new SetupError(
    `Could not get ${thing.what}. The last output was:\n  ${lastLines(errors.length ? errors : lines)}`,
  );
}

/** @param {string[]} lines */
function lastLines(lines) {
  const last = lines
    .map((line) => line.replace(/^npm (?:ERR!|error)\s?/, '').trim())
    .filter((line) => line && !/complete log of this run|debug-\d+\.log/.test(line))
    // A password in an address.
    .map((line) => line.replace(/\/\/[^/@\s]+@/g, '//'))
    .slice(-8);
  return last.join('\n  ') || '(none)';
}

/** False where it is not known: Node has statfs from 18.15 on. @param {string} folder */
function isFull(folder) {
  try {
    const { bavail, bsize } = fs.statfsSync(folder);
    return bavail * bsize < FULL;
  } catch {
    return false;
  }
}

/** Whether a folder exists and may not be written. @param {string} folder */
function isClosed(folder) {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT';
  }
}

/**
 * Runs a step and turns system errors (such as a full disk) into the same messages as those of npm, pip and uv.
 * @template T
 * @param {Thing} thing
 * @param {() => Promise<T>} work
 * @param {Parameters<typeof explain>[2]} [options]
 * @returns {Promise<T>}
 * @throws {SetupError}
 */
export async function explainErrors(thing, work, options) {
  try {
    return await work();
  } catch (error) {
    const { code = '', message } = /** @type {NodeJS.ErrnoException} */ (error);
    // Of the system, as ENOSPC; what begins with ERR_ is a mistake of the program.
    if (!(error instanceof SetupError) && /^E[A-Z]+$/.test(code)) throw explain(thing, `${code} ${message}`, options);
    throw error;
  }
}
