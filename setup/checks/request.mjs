import { isAbsolute, relative } from 'node:path';
import { ROOT } from '../ready.mjs';
import { SetupError } from '../trouble/trouble.mjs';

export const HELP = `npm test runs everything: set-up, lint, format, types, and the unit, integration and e2e tests.
npm run test:quick leaves out the integration and e2e tests.

npm test -- PATTERN…   only the test files whose path contains one of the words, with what they need (PostgreSQL, the shop)
         -t TITLE      only the tests whose title contains this text
         --report FILE writes the outcome of each stage, with its failures, as JSON

Examples:
  npm test -- packages/mesh services/billing
  npm test -- test/e2e/checkout.test.ts
  npm test -- setup/checks -t 'When a test fails'
  SIZE=full npm test -- test/e2e/mesh/canary.test.ts
`;

/** @typedef {{ help: boolean, quick: boolean, patterns: string[], title?: string, report?: string }} Request */

/**
 * Reads the words after `npm test --`.
 * @param {string[]} words
 * @param {string} [root] paths of the tests are relative to it
 * @returns {Request} `patterns` are parts of paths, taken literally; none: all tests
 * @throws {SetupError} for a flag that does not exist, or one without its value
 */
export function readRequest(words, root = ROOT) {
  /** @type {Request} */
  const request = { help: false, quick: false, patterns: [] };
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--help' || word === '-h') request.help = true;
    else if (word === '--quick') request.quick = true;
    else if (word === '-t' || word === '--title') {
      const title = words[++index];
      if (!title) throw new SetupError(`${word} needs a part of a test's title: npm test -- -t 'When a test fails'`);
      request.title = title;
    } else if (word === '--report') {
      const file = words[++index];
      if (!file) throw new SetupError('--report needs a file: npm test -- --report outcomes.json');
      request.report = file;
    } else if (word.startsWith('-')) throw new SetupError(`npm test has no ${word}. See npm test -- --help`);
    else request.patterns.push(isAbsolute(word) ? relative(root, word) : word.replace(/^\.\//, ''));
  }
  if (request.quick && (request.patterns.length > 0 || request.title))
    throw new SetupError('npm run test:quick takes no words. A part of the tests is run by: npm test -- PATTERN');
  return request;
}

/** A regular expression that matches just this text. @param {string} text */
export const literal = (text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

/**
 * Jest's arguments for the chosen tests. Jest takes regular expressions; here a word means itself.
 * @param {Pick<Request, 'patterns' | 'title'>} request
 * @returns {string[]}
 */
export function selection({ patterns, title }) {
  return [
    ...patterns.map((pattern) => `--testPathPatterns=${literal(pattern)}`),
    ...(title ? [`--testNamePattern=${literal(title)}`] : []),
  ];
}
