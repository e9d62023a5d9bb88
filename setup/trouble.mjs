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

const again = 'run the same command again';

/** Patterns in the output of npm and the system, and the message for each; the first match wins. @type {[RegExp, (what: string, output: string) => string][]} */
const MEANINGS = [
  [
    /ENOSPC|no space left on device|Wrote only \d+ of \d+ bytes/i,
    (what) => `The disk is full: there is no room for ${what}. Free about 1 GB, then ${again}.`,
  ],
  [
    /EINTEGRITY/,
    (what) =>
      `Wrong checksum: the registry's copy of ${what} is not the one in package-lock.json, so it is not used. Run "npm cache clean --force", then ${again}.`,
  ],
  [
    /\bEUSAGE\b|can only install packages when your package\.json and package-lock\.json/,
    () => `package-lock.json does not fit package.json. Run "npm install", commit the lock file, then ${again}.`,
  ],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_(?:GET|VERIFY)|CERT_UNTRUSTED|CERT_HAS_EXPIRED|certificate/i,
    (what) =>
      `The registry's certificate is not trusted, so ${what} cannot be downloaded. Set NODE_EXTRA_CA_CERTS to your network's certificates, then ${again}.`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET|ENOTCACHED|EIDLETIMEOUT|FETCH_ERROR/,
    (what) => `No network, and ${what} cannot be found in npm's cache. Connect to the network once, then ${again}.`,
  ],
  [
    /\bE401\b|\bE403\b|\bENEEDAUTH\b/,
    (what) =>
      `The registry denies access to ${what}. Log in with "npm login" or check the registry in your .npmrc, then ${again}.`,
  ],
  [
    /\bE404\b|\bETARGET\b/,
    (what) => `The registry does not have ${what}. Check "npm config get registry", then ${again}.`,
  ],
  [
    /EACCES|EPERM|EROFS|permission denied|read-only file system/i,
    (what, output) =>
      `There is no permission to write ${what}${pathIn(output)}. Become the owner of the folder, or choose another cache with XDG_CACHE_HOME, then ${again}.`,
  ],
];

/** @param {string} output */
function pathIn(output) {
  const path = /(?:open|mkdir|unlink|rename|rmdir|link|copyfile|scandir)\s+'([^']+)'/.exec(output)?.[1];
  return path ? ` (${path})` : '';
}

/**
 * Turns the output of a failed command into one message that says what to do.
 * @param {string} what was being downloaded or built, as a user would call it
 * @param {string} output everything the command printed
 * @returns {SetupError}
 */
export function explain(what, output) {
  const meaning = MEANINGS.find(([pattern]) => pattern.test(output));
  if (meaning) return new SetupError(meaning[1](what, output));
  const last = output
    .split('\n')
    .map((line) => line.replace(/^npm (?:ERR!|error)\s?/, '').trim())
    .filter((line) => line && !/complete log of this run|debug-\d+\.log/.test(line))
    .slice(-8);
  return new SetupError(`Could not get ${what}. The last output was:\n  ${last.join('\n  ') || '(none)'}`);
}

/**
 * Runs a step and turns system errors (such as a full disk) into the same messages as npm's.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {SetupError}
 */
export async function explainErrors(what, work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SetupError || !(error instanceof Error)) throw error;
    if ('code' in error) throw explain(what, `${error.code} ${error.message}`);
    throw error;
  }
}
