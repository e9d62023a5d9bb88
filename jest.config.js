import { PLACE, cannotHold } from './test/support/places.mjs';

/** Two sizes of test: `unit` stands beside the code and needs nothing running; `e2e` starts the shop. */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript', tsx: false }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
};

export default {
  // A start of the shop takes seconds, and on a busy machine many.
  testTimeout: 60_000,
  // Each worker of the end-to-end suite has a local shop of its own; a cluster or Docker Compose has one for all files.
  maxWorkers: PLACE === 'local' ? 2 : 1,
  testResultsProcessor: '<rootDir>/test/support/jest/run-facts.mjs',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      globalSetup: '<rootDir>/test/support/jest/postgres.setup.mjs',
      globalTeardown: '<rootDir>/test/support/jest/postgres.teardown.mjs',
      testMatch: [
        '<rootDir>/{packages,services,places,cli,test/manifests,test/support,test/lint,test/docs,test/mutants,test/bench,test/conformance,test/agreement}/**/*.test.ts',
        '<rootDir>/setup/**/*.test.mjs',
      ],
    },
    {
      ...shared,
      displayName: 'e2e',
      globalSetup: '<rootDir>/test/support/jest/places.setup.mjs',
      globalTeardown: '<rootDir>/test/support/jest/places.teardown.mjs',
      testMatch: ['<rootDir>/test/{e2e,browser}/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...cannotHold().map(({ file }) => `/${file}`)],
    },
  ],
};
