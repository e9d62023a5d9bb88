import { spawn } from 'node:child_process';
import { SetupError } from './trouble.mjs';

/** @typedef {{ cwd: string, env: NodeJS.ProcessEnv, onSpawn?: (pid: number) => void }} Place */
/** @typedef {(command: string, args: string[], place: Place) => Promise<{ code: number, stdout: string, output: string }>} Run */

/** @type {Record<string, string>} */
const MISSING = {
  npm: 'npm is missing. Install Node.js with its npm (https://nodejs.org), then run the same command again.',
  tar: 'tar is missing, and Node.js comes as a tar file. Install tar, or Node.js 24 itself (https://nodejs.org), then run the same command again.',
};

/** @type {NodeJS.Signals[]} */
const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command to its end and keeps what it printed; `output` is both streams together.
 * A signal to this process ends the command as well: an npm that goes on alone would write into the next one's folder.
 * @type {Run}
 * @throws {SetupError} if the command does not exist, or a signal ended it
 */
export function run(command, args, { cwd, env, onSpawn }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid !== undefined) onSpawn?.(child.pid);
    /** @type {string | null} */
    let ended = null;
    const end = (/** @type {NodeJS.Signals} */ signal) => ((ended = signal), child.kill(signal));
    for (const signal of ENDINGS) process.on(signal, end);
    const done = () => ENDINGS.forEach((signal) => process.off(signal, end));
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
      const why = ended ?? signal;
      if (why)
        reject(
          new SetupError(
            `The set-up was interrupted (${why} while ${command} ran). Run the same command again: what was half done is done afresh.`,
          ),
        );
      else resolve({ code: code ?? 1, stdout, output });
    });
  });
}
