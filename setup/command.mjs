import { spawn } from 'node:child_process';
import { SetupError } from './trouble.mjs';

/** @typedef {{ cwd: string, env: NodeJS.ProcessEnv }} Place */
/** @typedef {(command: string, args: string[], place: Place) => Promise<{ code: number, stdout: string, output: string }>} Run */

/** @type {Record<string, string>} */
const MISSING = {
  npm: 'npm is missing. Install Node.js with its npm (https://nodejs.org), then run the same command again.',
  tar: 'tar is missing, and Node.js comes as a tar file. Install tar, or Node.js 24 itself (https://nodejs.org), then run the same command again.',
};

/**
 * Runs a command to its end and keeps what it printed; `output` is both streams together.
 * @type {Run}
 * @throws {SetupError} if the command does not exist, or a signal ended it
 */
export function run(command, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, output] = ['', ''];
    child.stdout.on('data', (chunk) => ((stdout += chunk), (output += chunk)));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => {
      const missing = 'code' in error && error.code === 'ENOENT' && MISSING[command];
      reject(missing ? new SetupError(missing) : error);
    });
    child.once('close', (code, signal) => {
      if (signal)
        reject(
          new SetupError(
            `The set-up was interrupted (${command} ended by ${signal}). Run the same command again: it begins afresh.`,
          ),
        );
      else resolve({ code: code ?? 1, stdout, output });
    });
  });
}
