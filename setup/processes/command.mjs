import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SetupError } from '../trouble/trouble.mjs';

/**
 * `guarded`: the command and all that it starts end when this process ends for whatever reason, SIGKILL included; costs a Node
 * (50 ms). `onSpawn` gets the process id. `endOn`: what the command prints when it has failed and will perhaps not end by itself.
 * @typedef {{ cwd: string, env: NodeJS.ProcessEnv, guarded?: boolean, onSpawn?: (pid: number) => void, endOn?: RegExp }} RunOptions
 */
/** @typedef {(command: string, args: string[], options: RunOptions) => Promise<{ code: number, stdout: string, output: string }>} Run */

/** @type {Record<string, string>} */
const MISSING = {
  npm: 'npm is missing. Install Node.js with its npm (https://nodejs.org), then run the same command again.',
  tar: 'tar is missing, and Node.js comes as a tar file. Install tar, or Node.js 24 itself (https://nodejs.org), then run the same command again.',
};

/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const GUARD = fileURLToPath(new URL('guarded.mjs', import.meta.url));

/**
 * Runs a command to its end and collects what it printed; `output` is stdout and stderr together.
 * A signal to this process also ends the command: an npm that went on alone would write into the folder of the next one.
 * @type {Run}
 * @throws {SetupError} if the command does not exist, or a signal ended it
 */
export function run(command, args, options) {
  return new Promise((resolve, reject) => {
    /** @type {string | null} */
    let received = null;
    const interrupt = (/** @type {NodeJS.Signals} */ signal) => ((received = signal), end(signal));
    // Before the start: on a busy machine the command can run for a while before this process goes on.
    for (const signal of SIGNALS) process.on(signal, interrupt);
    const { child, end } = start(command, args, options);
    if (child.pid !== undefined) options.onSpawn?.(child.pid);
    const fail = (/** @type {NodeJS.ErrnoException} */ error) => {
      for (const signal of SIGNALS) process.off(signal, interrupt);
      const missing = error.code === 'ENOENT' && MISSING[command];
      reject(missing ? new SetupError(missing) : error);
    };
    let [stdout, output, hasFailed] = ['', '', false];
    const collect = (/** @type {string} */ chunk) => {
      output += chunk;
      // A line may come in two pieces.
      if (hasFailed || !options.endOn?.test(output.slice(-chunk.length - 100))) return;
      hasFailed = true;
      end('SIGTERM');
    };
    child.stdout?.setEncoding('utf8').on('data', (chunk) => ((stdout += chunk), collect(chunk)));
    child.stderr?.setEncoding('utf8').on('data', collect);
    /** What the guard says of the command. @type {{ error?: { message: string, code: string }, signal?: string }} */
    let report = {};
    child.on('message', (message) => (report = /** @type {typeof report} */ (message)));
    child.once('error', fail);
    child.once('close', (code, signal) => {
      for (const name of SIGNALS) process.off(name, interrupt);
      const why = received ?? report.signal ?? signal;
      if (report.error) fail(Object.assign(new Error(report.error.message), { code: report.error.code }));
      else if (why && !hasFailed)
        reject(
          new SetupError(
            `The set-up was interrupted (${why} while ${command} ran). Run the same command again: unfinished steps are repeated.`,
          ),
        );
      else resolve({ code: (hasFailed ? 1 : code) ?? 1, stdout, output });
    });
  });
}

/**
 * @param {string} command @param {string[]} args @param {RunOptions} options
 * @returns {{ child: import('node:child_process').ChildProcess, end: (signal: NodeJS.Signals) => unknown }}
 */
function start(command, args, { cwd, env, guarded }) {
  if (!guarded) {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    return { child, end: (signal) => child.kill(signal) };
  }
  const child = spawn(process.execPath, [GUARD, command, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // In a group of its own: Ctrl-C reaches this process only, which then ends the whole group.
    detached: true,
  });
  // A guard that has just ended is no failure of the command.
  return { child, end: () => child.connected && child.send('end', () => {}) };
}
