import { readRequest } from '../../setup/checks/request.mjs';

export interface Options {
  rounds: number;
  /** For `npm test`: what to run of the suite. */
  words: string[];
  help: boolean;
}

/** Reads the words after `npm run test:flaky --`. Throws an Error with one sentence about a wrong one. */
export function readOptions([count, ...words]: readonly string[]): Options {
  if ([count, ...words].some((word) => word === '--help' || word === '-h')) return { rounds: 0, words: [], help: true };
  if (count === undefined) throw new Error('How many rounds? For example: npm run test:flaky -- 5');
  if (!/^[1-9]\d{0,2}$/.test(count))
    throw new Error(`The number of rounds is a whole number from 1 to 999, not "${count}": npm run test:flaky -- 5`);
  readRequest(words);
  return { rounds: Number(count), words, help: false };
}

export const HELP = `npm run test:flaky -- N [PATTERN…] [-t TITLE]
Runs npm test N times with a busy process for each core beside it, and lists what failed and how often. Exit 1 if any round failed.
With PATTERN, only the test files whose path contains it; with TITLE, only the tests whose title does, as npm test -- --help says.

Examples:
  npm run test:flaky -- 5
  npm run test:flaky -- 20 test/e2e/traces.test.ts
  npm run test:flaky -- 50 packages/mesh -t 'When a file'
`;
