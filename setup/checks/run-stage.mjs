import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JEST_OPTIONS } from '../jest-options.mjs';
import { ROOT } from '../ready.mjs';
import { countsOf } from './summary.mjs';

/**
 * @typedef {import('./stages.mjs').Stage} Stage
 * @typedef {import('./summary.mjs').Outcome} Outcome
 * @typedef {{ env: NodeJS.ProcessEnv, reports: string, only?: string[] }} RunOptions
 *   `reports`: a folder for jest's reports; `only`: jest's arguments that choose a part of the tests
 */

/**
 * Runs stages side by side. What the checks print is shown when all have ended: the tests' progress is on the screen until then.
 * @param {Stage[]} stages
 * @param {RunOptions} options
 * @returns {Promise<Outcome[]>} in the order of the stages
 */
export async function runGroup(stages, options) {
  const done = await Promise.all(
    stages.map((stage) => (stage.project ? runTests(stage, options) : check(stage, options.env))),
  );
  for (const { name, output } of done) if (output !== undefined) console.log(`${heading(name)}\n${output.trimEnd()}`);
  return done;
}

/**
 * Runs a stage without tests.
 * @param {Stage} stage
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Outcome & { output: string }>}
 */
async function check({ name, command: [program = '', ...args] }, env) {
  const start = Date.now();
  let output = '';
  const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
  const code = await codeOf(child);
  return { name, code, seconds: (Date.now() - start) / 1000, output };
}

/**
 * Runs a stage of tests.
 * @param {Stage} stage
 * @param {RunOptions} options
 * @returns {Promise<Outcome & { output?: undefined }>}
 */
async function runTests({ name, command: [program = '', ...args] }, { env, reports, only = [] }) {
  console.log(heading(name));
  const report = join(reports, `${name}.json`);
  const start = Date.now();
  const child = spawn(program, [...args, ...only, '--json', `--outputFile=${report}`], {
    cwd: ROOT,
    env: { ...env, NODE_OPTIONS: JEST_OPTIONS },
    // With --json jest prints its progress on stderr, and the report, which is read from the file, on stdout.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await codeOf(child);
  const seconds = (Date.now() - start) / 1000;
  const counts = await readFile(report, 'utf8').then(
    (text) => countsOf(JSON.parse(text)),
    () => undefined,
  );
  return { name, code, seconds, counts };
}

/**
 * Whether a stage has test files of those that are chosen.
 * @param {Stage} stage
 * @param {{ env: NodeJS.ProcessEnv, only: string[] }} options
 */
export async function hasTests({ command: [program = '', ...args] }, { env, only }) {
  let output = '';
  const child = spawn(program, [...args, ...only, '--listTests', '--passWithNoTests'], {
    cwd: ROOT,
    env: { ...env, NODE_OPTIONS: JEST_OPTIONS },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
  await codeOf(child);
  return /\.test\.\w+$/m.test(output);
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<number>} its exit code; 1 if a signal ended it */
function codeOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** @param {string} name */
const heading = (name) => `\n── ${name} ${'─'.repeat(70 - name.length)}`;
