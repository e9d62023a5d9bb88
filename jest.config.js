import { PLACE, cannotHold } from './test/support/places.mjs';

const support = '<rootDir>/test/support/jest';
const shared = {
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript', tsx: false }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
};
const elsewhere = ['/node_modules/', '<rootDir>/test/(e2e|browser)/'];

/**
 * Three sizes of test. `unit`: one process, checked by its environment. `integration`: also other processes, PostgreSQL and
 * Envoy, for one part. `e2e`: the whole shop. The first two stand beside their code.
 */
export default {
  // A start of the shop takes seconds, and on a busy machine many.
  testTimeout: 120_000,
  // Each worker of the end-to-end suite has a local shop of its own; a cluster or Docker Compose has one for all files.
  maxWorkers: PLACE === 'local' ? 2 : 1,
  testResultsProcessor: '<rootDir>/test/support/jest/run-facts.mjs',
  testSequencer: '<rootDir>/test/support/jest/longest-first.mjs',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testEnvironment: `${support}/unit.environment.mjs`,
      globalSetup: `${support}/run-folder.setup.mjs`,
      globalTeardown: `${support}/run-folder.teardown.mjs`,
      testMatch: ['<rootDir>/**/*.test.{ts,mjs}'],
      testPathIgnorePatterns: [...elsewhere, '\\.integration\\.test\\.'],
    },
    {
      ...shared,
      displayName: 'integration',
      testEnvironment: `${support}/warnings.environment.mjs`,
      globalSetup: `${support}/postgres.setup.mjs`,
      globalTeardown: `${support}/run-folder.teardown.mjs`,
      testMatch: ['<rootDir>/**/*.integration.test.{ts,mjs}'],
      testPathIgnorePatterns: elsewhere,
    },
    {
      ...shared,
      displayName: 'e2e',
      testEnvironment: `${support}/e2e.environment.mjs`,
      globalSetup: `${support}/places.setup.mjs`,
      globalTeardown: `${support}/places.teardown.mjs`,
      testMatch: ['<rootDir>/test/{e2e,browser}/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...cannotHold().map(({ file }) => `/${file}`)],
    },
  ],
};
