/**
 * `npm test`: set-up with the dependencies of the tests, then every check that needs no cluster and no root.
 * All stages run even if one fails, so that one run shows everything that is wrong.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JEST_OPTIONS } from './jest-options.mjs';
import { ROOT, ensureReady } from './ready.mjs';
import { NOT_RUN, STAGES } from './stages.mjs';
import { countsOf, summarize } from './summary.mjs';
import { SetupError } from './trouble.mjs';

try {
  const { env } = await ensureReady({ dev: true, mesh: true });
  const reports = await mkdtemp(join(tmpdir(), 'tuesday-test-'));
  const outcomes = [];
  for (const stage of STAGES) outcomes.push(await runStage(stage, { env, reports }));
  await rm(reports, { recursive: true, force: true });
  const { text, code } = summarize(outcomes, NOT_RUN);
  console.log(`\n${text.trimEnd()}`);
  process.exitCode = code;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/**
 * @param {import('./stages.mjs').Stage} stage
 * @param {{ env: NodeJS.ProcessEnv, reports: string }} options
 * @returns {Promise<import('./summary.mjs').Outcome>}
 */
async function runStage({ name, command: [program = '', ...args], tests }, { env, reports }) {
  console.log(`\n── ${name} ${'─'.repeat(70 - name.length)}`);
  const report = join(reports, `${name}.json`);
  const start = Date.now();
  const code = await new Promise((resolve, reject) => {
    const child = spawn(program, tests ? [...args, '--json', `--outputFile=${report}`] : args, {
      cwd: ROOT,
      env: tests ? { ...env, NODE_OPTIONS: JEST_OPTIONS } : env,
      // With --json jest tells its progress on stderr, and the report, which nobody reads here, on stdout.
      stdio: ['ignore', tests ? 'ignore' : 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
  const seconds = (Date.now() - start) / 1000;
  if (!tests) return { name, code, seconds };
  const counts = await readFile(report, 'utf8').then(
    (text) => countsOf(JSON.parse(text)),
    () => undefined,
  );
  return { name, code, seconds, counts };
}
