/**
 * `npm test`: set-up with the dependencies of the tests, then every check that needs no cluster and no root; or, with words,
 * the tests that they choose. All stages run even if one fails, so that one run shows every fault.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureReady } from './ready.mjs';
import { HELP, readRequest, selection } from './checks/request.mjs';
import { hasTests, runGroup } from './checks/run-stage.mjs';
import { GROUPS, NOT_QUICK, NOT_RUN, QUICK, TESTS } from './checks/stages.mjs';
import { summarize } from './checks/summary.mjs';
import { SetupError } from './trouble/trouble.mjs';

try {
  const request = readRequest(process.argv.slice(2));
  if (request.help) process.stdout.write(HELP);
  else process.exitCode = await runAll(request);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** @param {import('./checks/request.mjs').Request} request @returns {Promise<number>} the exit code */
async function runAll(request) {
  const { env } = await ensureReady({ dev: true, ...(request.quick ? { builds: [] } : { mesh: true }) });
  const only = selection(request);
  const groups = request.quick ? [QUICK] : only.length > 0 ? await chosen(request, { env, only }) : GROUPS;
  const reports = await mkdtemp(join(tmpdir(), 'tuesday-test-'));
  const start = Date.now();
  const outcomes = [];
  for (const group of groups) outcomes.push(...(await runGroup(group, { env, reports, only })));
  await rm(reports, { recursive: true, force: true });
  if (request.report) await writeFile(request.report, JSON.stringify(outcomes));
  const notRun = request.quick ? NOT_QUICK : only.length > 0 ? [] : NOT_RUN;
  const { text, code } = summarize(outcomes, notRun, {
    seconds: (Date.now() - start) / 1000,
    chosenByTitle: request.title !== undefined,
  });
  console.log(`\n${text.trimEnd()}`);
  return code;
}

/**
 * The stages that have tests of those that are chosen.
 * @param {import('./checks/request.mjs').Request} request
 * @param {{ env: NodeJS.ProcessEnv, only: string[] }} options
 */
async function chosen({ patterns }, options) {
  const has = await Promise.all(TESTS.map((stage) => hasTests(stage, options)));
  const groups = TESTS.filter((_stage, index) => has[index]).map((stage) => [stage]);
  if (groups.length > 0) return groups;
  const words = patterns.map((pattern) => `"${pattern}"`).join(' or ');
  throw new SetupError(`There is no test file whose path contains ${words}. For example: npm test -- packages/mesh`);
}
