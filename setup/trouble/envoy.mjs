import { release } from 'node:os';
import { SetupError } from './trouble.mjs';

/** The end of every message about a missing Envoy. */
export const ALTERNATIVES = 'or set ENVOY_PATH to an Envoy 1.38–1.40, or start without a mesh: npm start -- --no-mesh';

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
