#!/usr/bin/env node
/**
 * The command `tuesday`: makes sure that the clone is set up, then runs main.mjs under a Node that reads TypeScript.
 * Plain JavaScript with nothing but built-ins, because it runs before anything is installed and on any Node from 18 on.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LOW_MEMORY_ENV } from '../setup/allocator.mjs';
import { ensureReady } from '../setup/ready.mjs';
import { SetupError } from '../setup/trouble/trouble.mjs';

const main = fileURLToPath(new URL('main.mjs', import.meta.url));
const parent = fileURLToPath(new URL('../setup/processes/parent.mjs', import.meta.url));
const args = process.argv.slice(2);
const isRunner = args.includes('up');
const mesh = isRunner && !args.includes('--no-mesh');

try {
  const { node, env, workedMs } = await ensureReady({ dev: false, mesh, asIs: !isRunner });
  // When the user pressed Enter. The time of a set-up is passed on separately, because a set-up happens once.
  const startedAt = `${Math.round(performance.timeOrigin + workedMs)}`;
  const runEnv = {
    ...env,
    ...(isRunner && LOW_MEMORY_ENV),
    TUESDAY_STARTED_AT: startedAt,
    TUESDAY_SETUP_MS: `${workedMs}`,
  };
  if (node !== process.execPath) runWith(node, runEnv);
  else if (isRunner && process.platform === 'linux' && process.execve)
    // Starts the same process again, because its allocator reads the environment at the start only. Takes as long as an empty Node.
    process.execve(node, [node, ...process.execArgv, main, ...args], runEnv);
  else {
    Object.assign(process.env, runEnv);
    process.argv = [node, main, ...args];
    await import(pathToFileURL(main).href);
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Runs another Node: it gets this process's signals, this process ends with its exit code, and it ends if this process is killed. */
function runWith(/** @type {string} */ node, /** @type {NodeJS.ProcessEnv} */ env) {
  const child = spawn(node, ['--import', pathToFileURL(parent).href, main, ...args], {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  child.channel?.unref();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']))
    process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    console.error(`${node} could not be started (${error.message}). Remove its folder and run the same command again.`);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
}
