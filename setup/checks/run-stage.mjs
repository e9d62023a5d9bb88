import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
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

/** How much a stage that is behind gives way: of 19. */
const NICENESS = 5;

/**
 * Runs stages side by side. What the checks print is shown when all have ended: the tests' progress is on the screen until then.
 * @param {Stage[]} stages
 * @param {RunOptions} options
 * @returns {Promise<Outcome[]>} in the order of the stages
 */
export async function runGroup(stages, options) {
  const done = await Promise.all(stages.map((stage) => runStage(stage, options)));
  for (const { name, output } of done) if (output) console.log(`${heading(name)}\n${output.trimEnd()}`);
  return done;
}

/**
 * Runs one stage. The progress of tests is on the screen at once, unless the stage is behind.
 * @param {Stage} stage
 * @param {RunOptions} options
 * @returns {Promise<Outcome & { output: string }>} with what was not shown yet
 */
async function runStage({ name, project, isBehind, command: [program = '', ...args] }, { env, reports, only = [] }) {
  const report = join(reports, `${name}.json`);
  const start = Date.now();
  if (project && !isBehind) console.log(heading(name));
  const child = spawn(program, project ? [...args, ...only, '--json', `--outputFile=${report}`] : args, {
    cwd: ROOT,
    env: project ? { ...env, NODE_OPTIONS: JEST_OPTIONS } : env,
    // With --json jest prints its progress on stderr, and the report, which is read from the file, on stdout.
    stdio: ['ignore', project ? 'ignore' : 'pipe', project && !isBehind ? 'inherit' : 'pipe'],
  });
  if (isBehind && child.pid) setPriority(child.pid, NICENESS);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
  const code = await codeOf(child);
  const seconds = (Date.now() - start) / 1000;
  const counts =
    project &&
    (await readFile(report, 'utf8').then(
      (text) => countsOf(JSON.parse(text)),
      () => undefined,
    ));
  return { name, code, seconds, output, ...(counts && { counts }) };
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
