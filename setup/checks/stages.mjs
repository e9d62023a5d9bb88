/**
 * The stages of a run. A stage with `project` runs that project of jest.config.js, and its tests are counted; the others pass
 * or fail as a whole. A stage that `isBehind` gives way to the others, and its output is shown when it has ended.
 * @typedef {{ name: string, command: string[], project?: string, isBehind?: boolean }} Stage
 */

const JEST = ['node', 'node_modules/jest/bin/jest.js'];

/** @param {string} project @param {string[]} args @returns {Stage} */
const tests = (project, ...args) => ({
  name: project,
  project,
  command: [...JEST, '--selectProjects', project, ...args],
});

/**
 * Prettier reads again only what has changed, by content: a checkout gives files old times. TypeScript's memory is set in tsconfig.json.
 */
const PRETTIER_CACHE = ['--cache', '--cache-strategy', 'content'];

/** @type {Stage[]} */
const CHECKS = [
  { name: 'lint', command: ['node', 'node_modules/oxlint/bin/oxlint', '--deny-warnings'] },
  { name: 'format', command: ['node', 'node_modules/prettier/bin/prettier.cjs', '--check', ...PRETTIER_CACHE, '.'] },
  { name: 'types', command: ['node', 'node_modules/typescript/bin/tsc'] },
];
const UNIT = tests('unit', '--maxWorkers=100%');
const INTEGRATION = tests('integration', '--maxWorkers=100%');
const E2E = tests('e2e');

/** The tests, smallest first. */
export const TESTS = [UNIT, INTEGRATION, E2E];

/** What needs neither PostgreSQL nor Envoy; all of it runs side by side. */
export const QUICK = [...CHECKS, UNIT];

/**
 * `npm test`: the stages of one group run side by side, the groups one after the other. The end-to-end tests wait for a part of
 * their time; the integration tests use the processor then.
 */
export const GROUPS = [QUICK, [{ ...INTEGRATION, isBehind: true }, E2E]];

/** What `npm test` leaves out; printed every time. */
export const NOT_RUN = ['SIZE=full, PLACE=compose, PLACE=kubernetes, mutants (npm run release:check runs them)'];

/** What `npm run test:quick` leaves out. */
export const NOT_QUICK = ['integration, e2e (npm test runs them)'];
