/**
 * `npm test`: set-up with the dependencies of the tests, then every check that needs no cluster and no root.
 * All stages run even if one fails, so that one run shows every fault.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JEST_OPTIONS } from './jest-options.mjs';
import { ROOT, ensureReady } from './ready.mjs';
import { NOT_RUN, STAGES } from './checks/stages.mjs';
import { countsOf, summarize } from './checks/summary.mjs';
import { SetupError } from './trouble/trouble.mjs';

try {
  const { env } = await ensureReady({ dev: true, mesh: true });
  const reports = await mkdtemp(join(tmpdir(), 'tuesday-test-'));
  const start = Date.now();
  const outcomes = [];
  outcomes.push(...(await Promise.all(STAGES.filter(({ tests }) => !tests).map((stage) => check(stage, env)))));
  for (const stage of STAGES.filter(({ tests }) => tests)) outcomes.push(await runTests(stage, { env, reports }));
  await rm(reports, { recursive: true, force: true });
  const { text, code } = summarize(outcomes, NOT_RUN, (Date.now() - start) / 1000);
  console.log(`\n${text.trimEnd()}`);
  process.exitCode = code;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/**
 * Runs a stage without tests and prints its output when it has ended, because other stages run at the same time.
 * @param {import('./checks/stages.mjs').Stage} stage
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./checks/summary.mjs').Outcome>}
 */
async function check({ name, command: [program = '', ...args] }, env) {
  const start = Date.now();
  let output = '';
  const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
  const code = await codeOf(child);
  console.log(`${heading(name)}\n${output.trimEnd()}`);
  return { name, code, seconds: (Date.now() - start) / 1000 };
}

/**
 * @param {import('./checks/stages.mjs').Stage} stage
 * @param {{ env: NodeJS.ProcessEnv, reports: string }} options
 * @returns {Promise<import('./checks/summary.mjs').Outcome>}
 */
async function runTests({ name, command: [program = '', ...args] }, { env, reports }) {
  console.log(heading(name));
  const report = join(reports, `${name}.json`);
  const start = Date.now();
  const child = spawn(program, [...args, '--json', `--outputFile=${report}`], {
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

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<number>} its exit code; 1 if a signal ended it */
function codeOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** @param {string} name */
function heading(name) {
  return `\n── ${name} ${'─'.repeat(70 - name.length)}`;
}
