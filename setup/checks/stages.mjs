/**
 * The stages of `npm test`. A stage with `tests` runs jest, alone, and its tests are counted; the others run before, all at
 * once, and pass or fail as a whole.
 * @typedef {{ name: string, command: string[], tests?: boolean }} Stage
 */

const jest = (/** @type {string[]} */ ...args) => ['node', 'node_modules/jest/bin/jest.js', ...args];

/** @type {Stage[]} */
export const STAGES = [
  { name: 'lint', command: ['node', 'node_modules/oxlint/bin/oxlint', '--deny-warnings'] },
  { name: 'format', command: ['node', 'node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'types', command: ['node', 'node_modules/typescript/bin/tsc'] },
  { name: 'unit', command: jest('--selectProjects', 'unit', '--maxWorkers=100%'), tests: true },
  { name: 'e2e', command: jest('--selectProjects', 'e2e'), tests: true },
];

/** What this run leaves out; printed every time. Not every machine has a cluster. */
export const NOT_RUN = ['PLACE=kubernetes (no test cluster)'];
