import { spawn } from 'node:child_process';
import { SetupError } from './trouble.mjs';

/** @typedef {{ cwd: string, env: NodeJS.ProcessEnv, onSpawn?: (pid: number) => void }} RunOptions */
/** @typedef {(command: string, args: string[], options: RunOptions) => Promise<{ code: number, stdout: string, output: string }>} Run */

/** @type {Record<string, string>} */
const MISSING = {
  npm: 'npm is missing. Install Node.js with its npm (https://nodejs.org), then run the same command again.',
  tar: 'tar is missing, and Node.js comes as a tar file. Install tar, or Node.js 24 itself (https://nodejs.org), then run the same command again.',
};

/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command to its end and collects what it printed; `output` is stdout and stderr together.
 * A signal to this process also ends the command: an npm that went on alone would write into the folder of the next one.
 * @type {Run}
 * @throws {SetupError} if the command does not exist, or a signal ended it
 */
export function run(command, args, { cwd, env, onSpawn }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid !== undefined) onSpawn?.(child.pid);
    /** @type {string | null} */
    let received = null;
    const forward = (/** @type {NodeJS.Signals} */ signal) => ((received = signal), child.kill(signal));
    for (const signal of SIGNALS) process.on(signal, forward);
    const done = () => SIGNALS.forEach((signal) => process.off(signal, forward));
    let [stdout, output] = ['', ''];
    child.stdout.on('data', (chunk) => ((stdout += chunk), (output += chunk)));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => {
      done();
      const missing = 'code' in error && error.code === 'ENOENT' && MISSING[command];
      reject(missing ? new SetupError(missing) : error);
    });
    child.once('close', (code, signal) => {
      done();
      const why = received ?? signal;
      if (why)
        reject(
          new SetupError(
            `The set-up was interrupted (${why} while ${command} ran). Run the same command again: unfinished steps are repeated.`,
          ),
        );
      else resolve({ code: code ?? 1, stdout, output });
    });
  });
}
