import { NPM, proxyOf } from './sources.mjs';

/**
 * What the set-up was getting or making when it failed.
 * @typedef {object} Thing
 * @property {string} what as a user calls it
 * @property {import('./sources.mjs').Source} [source] where it is downloaded from; missing where it is made on this machine
 * @property {string} [or] other ways out: the end of each sentence
 */

/**
 * @typedef {object} Failure
 * @property {Thing} thing
 * @property {string} output
 * @property {NodeJS.ProcessEnv} env
 * @property {string} cacheHome the folder above the cache
 * @property {() => string | undefined} fullFolder the first folder without room
 * @property {() => string | undefined} closedFolder the first folder that may not be written
 */

/**
 * Each cause: how npm, pip, uv, tar and the system say it, and what is to be done. The first that fits counts: a full disk breaks
 * downloads in all ways, so it comes first, and "no network" comes late, because pip and uv say it of a proxy too.
 * @type {{ cause: string, said: RegExp, sentence: (failure: Failure) => string }[]}
 */
export const CAUSES = [
  {
    cause: 'the disk is full',
    said: /ENOSPC|EDQUOT|no space left on device|disk quota exceeded|Wrote only \d+ of \d+ bytes/i,
    sentence: ({ thing, output, fullFolder }) =>
      `The disk is full: there is no room for ${thing.what}${inFolder(fullFolder() ?? pathIn(output))}. Free about 1 GB`,
  },
  {
    cause: 'the checksum is wrong',
    said: /EINTEGRITY|seems to be corrupted|DO NOT MATCH THE HASHES|Hash mismatch|Invalid zip file structure|is not a valid wheel|has an invalid wheel/i,
    sentence: ({ thing: { what, source = NPM } }) =>
      `Wrong checksum: what ${source.name} gave for ${what} is not what this version of the shop was tested with, so it is not used. Check ${source.check}, run ${source.clean}`,
  },
  {
    cause: 'the proxy requires a login',
    said: /\bE407\b|\bGET 407 |407 Proxy Auth|407 Client Error|client error \(407|proxy authorization required/i,
    sentence: ({ thing: { what, source = NPM }, env }) => {
      const proxy = proxyOf(source, env);
      if (!proxy)
        return `A proxy asks for a user and a password (407), so ${what} cannot be downloaded. Set HTTPS_PROXY to http://USER:PASSWORD@HOST:PORT`;
      const { variable, host, hasPassword } = proxy;
      return hasPassword
        ? `The proxy ${host} does not accept the user and the password in ${variable} (407), so ${what} cannot be downloaded. Correct ${variable}, where each special character of them is percent-encoded`
        : `The proxy ${host} of ${variable} asks for a user and a password (407), so ${what} cannot be downloaded. Set ${variable} to http://USER:PASSWORD@${host}`;
    },
  },
  {
    cause: 'an address is not valid',
    said: /ERR_INVALID_URL|Invalid URL|invalid port|RelativeUrlWithoutBase|InvalidProxyURL/i,
    sentence: ({ thing: { what, source = NPM }, env }) => {
      const proxy = proxyOf(source, env);
      return `${proxy ? `${proxy.variable} or the address of ${source.name}` : `The address of ${source.name}`} is not a valid address, so ${what} cannot be downloaded. Write it as http://HOST:PORT`;
    },
  },
  {
    cause: 'the lock file does not fit',
    said: /\bEUSAGE\b|can only install packages when your package\.json and package-lock\.json/,
    sentence: () => 'package-lock.json does not fit package.json. Run "npm install", commit the lock file',
  },
  {
    cause: 'the certificate is not trusted',
    said: /SELF_SIGNED_CERT|UNABLE_TO_(?:GET|VERIFY)|CERT_UNTRUSTED|CERT_HAS_EXPIRED|CERTIFICATE_VERIFY_FAILED|SSLError|invalid peer certificate|UnknownIssuer/i,
    sentence: ({ thing: { what, source = NPM } }) =>
      `The certificate of ${source.name} is not trusted, so ${what} cannot be downloaded. Set ${source.trust} to the file with your network's certificates`,
  },
  {
    cause: 'there is no permission to write',
    // Node's mkdir of several folders says ENOENT on a file system that is mounted read-only.
    said: /EACCES|EPERM|EROFS|ENOTDIR|ENOENT: no such file or directory, mkdir|permission denied|read-only file system/i,
    sentence: ({ thing, output, cacheHome, closedFolder }) => {
      const path = pathIn(output) ?? closedFolder();
      const variable = folderVariable(path, { ...thing, cacheHome });
      const needs = thing.what.endsWith('packages') ? 'need' : 'needs';
      return `There is no permission to write ${path ?? 'a folder'}, which ${thing.what} ${needs}. Become its owner${variable ? `, or set ${variable} to a folder that you may write` : ''}`;
    },
  },
  {
    cause: 'there is no network',
    said: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET|ENOTCACHED|EIDLETIMEOUT|FETCH_ERROR|NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|Connection (?:refused|reset|broken)|name resolution|Name or service not known|Network is unreachable|error sending request|network connectivity is disabled/i,
    sentence: ({ thing: { what, source = NPM }, env }) => {
      const proxy = proxyOf(source, env);
      return proxy
        ? `No network through the proxy ${proxy.host} of ${proxy.variable}, and ${what} cannot be found in the cache. Connect to the network once or correct ${proxy.variable}`
        : `No network, and ${what} cannot be found in the cache. Connect to the network once`;
    },
  },
  {
    cause: 'the source requires a login',
    said: /\bE40[13]\b|\bGET 40[13] |\bENEEDAUTH\b|\b40[13] (?:Client )?Error|\b40[13] (?:Unauthorized|Forbidden)|status code: 40[13]|client error \(40[13]/i,
    sentence: ({ thing: { what, source = NPM } }) =>
      `${capital(source.name)} denies access to ${what}. ${source.login}`,
  },
  {
    cause: 'the source is out of order',
    said: /\bE5\d\d\b|\bGET 5\d\d |\b5\d\d Server Error|too many 5\d\d error|server error \(5\d\d/i,
    sentence: ({ thing: { what, source = NPM } }) =>
      `${capital(source.name)} is out of order, so ${what} cannot be downloaded. Wait a while or check ${source.check}`,
  },
  {
    cause: 'the source does not have it',
    said: /\bE404\b|\bGET 404 |\bETARGET\b|No matching distribution|No solution found|not found in the package registry/i,
    sentence: ({ thing: { what, source = NPM } }) => `${capital(source.name)} does not have ${what}. ${source.absent}`,
  },
];

/** Whether a command failed for the disk, and not for what it was given. @param {string} output */
export const isOfTheDisk = (output) =>
  CAUSES.some(({ cause, said }) => /disk|permission/.test(cause) && said.test(output));

/** The file or folder that the output names. @param {string} output @returns {string | undefined} */
export function pathIn(output) {
  const found =
    /^npm (?:error|ERR!) path (.+)$/m.exec(output) ??
    /(?:open|mkdir|mkdtemp|unlink|rename|rmdir|link|copyfile|scandir)\s+'([^']+)'/.exec(output) ??
    /(?:Permission denied|No space left on device|Read-only file system): '([^']+)'/i.exec(output) ??
    /\bopen (\/\S+): /.exec(output) ??
    /(?:failed to (?:create directory|create file|write to file|open file)|cache at|directory) `([^`]+)`/i.exec(output);
  return found?.[1];
}

/** Which variable moves a path elsewhere; undefined for a path of the clone. @param {string | undefined} path @param {Thing & { cacheHome: string }} thing */
function folderVariable(path, { source = NPM, cacheHome }) {
  if (path === undefined) return 'XDG_CACHE_HOME';
  if (/[/\\](?:\.npm|_cacache|_logs|npm-cache)\b/.test(path)) return NPM.cache;
  if (/[/\\](?:uv|pip)(?:[/\\]|$)/.test(path)) return source.cache;
  return path.startsWith(cacheHome) || cacheHome.startsWith(path) ? 'XDG_CACHE_HOME' : undefined;
}

const inFolder = (/** @type {string | undefined} */ path) => (path ? ` in ${path}` : '');
const capital = (/** @type {string} */ text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
