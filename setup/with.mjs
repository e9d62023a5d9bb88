/**
 * node setup/with.mjs COMMAND…: runs a tool of the repository after the set-up, with the right Node and node_modules/.bin on PATH.
 * So the npm scripts work on every machine on which `npm test` does.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { JEST_OPTIONS } from './jest-options.mjs';
import { ROOT, ensureReady } from './ready.mjs';
import { SetupError } from './trouble/trouble.mjs';

const [command, ...args] = process.argv.slice(2);

try {
  if (!command) throw new SetupError('Which command? For example: node setup/with.mjs tsc');
  const { env } = await ensureReady({ dev: true, mesh: command === 'jest' });
  const PATH = [env['PATH'], join(ROOT, 'node_modules', '.bin')].join(delimiter);
  const more =
    command === 'jest' ? { NODE_OPTIONS: [env['NODE_OPTIONS'], JEST_OPTIONS].filter(Boolean).join(' ') } : {};
  const child = spawn(command, args, { cwd: ROOT, env: { ...env, PATH, ...more }, stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    console.error(`${command} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
