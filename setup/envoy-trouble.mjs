import { release } from 'node:os';
import { SetupError, explain } from './trouble.mjs';

/** The end of every message about a missing Envoy. */
export const ALTERNATIVES = 'or set ENVOY_PATH to an Envoy 1.38–1.40, or start without a mesh: npm start -- --no-mesh';

const AGAIN = `then run the same command again, ${ALTERNATIVES}`;

/** @typedef {{ platform: string, arch: string, release: string }} Machine */

/**
 * The error for a machine for which no Envoy package exists. platform.mjs has already rejected musl and Windows.
 * @param {Machine} [machine]
 * @returns {SetupError | undefined} undefined where there is a package
 */
export function noWheelFor({ platform, arch, release: kernel } = { ...process, release: release() }) {
  if (platform !== 'darwin') return undefined;
  // Darwin 24 is macOS 15.
  const mac = arch === 'x64' ? 'Macs with Intel' : Number.parseInt(kernel, 10) < 24 ? 'macOS before 15' : undefined;
  return mac
    ? new SetupError(
        `There is no Envoy package for ${mac}. Install one with "brew install envoy" or start the shop in containers with "docker compose up", ${ALTERNATIVES}`,
      )
    : undefined;
}

/** The error for an ENVOY_PATH that cannot be used. @param {string} path @param {string | undefined} version */
export function unusableEnvoyPath(path, version) {
  const what = version ? `is Envoy ${version}, not 1.38–1.40` : 'is not an Envoy that starts';
  return new SetupError(
    `ENVOY_PATH is ${path}, which ${what}. Set it to another file, unset it, or start without a mesh: npm start -- --no-mesh`,
  );
}

/** Patterns in the output of pip and uv, and the message for each; the first match wins. @type {[RegExp, string][]} */
const MEANINGS = [
  [
    /DO NOT MATCH THE HASHES|Hash mismatch/i,
    `Wrong checksum: the Envoy from your Python index is not the one that this version of the shop was tested with, so it is not used. Check "pip config list", run "pip cache purge", ${AGAIN}`,
  ],
  [
    /CERTIFICATE_VERIFY_FAILED|SSLError|invalid peer certificate|UnknownIssuer/i,
    `The certificate of your Python index is not trusted, so Envoy cannot be downloaded. Set PIP_CERT (SSL_CERT_FILE for uv) to your network's certificates, ${AGAIN}`,
  ],
  [
    /NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|Connection (?:refused|reset|broken)|name resolution|Name or service not known|Network is unreachable|error sending request|network connectivity is disabled/i,
    `No network, and Envoy is not in the cache yet. Connect to the network once, ${AGAIN}`,
  ],
  [
    /\b40[13] (?:Client )?Error|status code: 40[13]|HTTP status client error \(40[13]/i,
    `Your Python index denies access to Envoy. Check "pip config list" and its login, ${AGAIN}`,
  ],
  [
    /No matching distribution|No solution found|not found in the package registry/i,
    `Your Python index has no Envoy for this machine: it needs Linux with glibc 2.31 or macOS 15, and pip 20.3. Check "pip config list" and "pip --version", ${AGAIN}`,
  ],
];

/**
 * Turns the output of a failed pip or uv into one message that says what to do.
 * @param {string} output
 * @returns {SetupError}
 */
export function explainEnvoy(output) {
  const meaning = MEANINGS.find(([pattern]) => pattern.test(output));
  return meaning ? new SetupError(meaning[1]) : explain('Envoy', output);
}
