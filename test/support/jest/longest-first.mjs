import Sequencer from '@jest/test-sequencer';

/** The files that take longest, the longest first. A fresh clone has no times of an earlier run, and jest would begin with the largest file. */
const LONGEST = [
  'e2e/mesh/restarts',
  'e2e/documents/help',
  'e2e/mesh/faults',
  'e2e/new-service',
  'e2e/money',
  'e2e/mesh/traces',
  'e2e/mesh/canary',
  'e2e/commands',
];

/** Begins with the longest files, so that at the end no worker waits for another one. */
export default class LongestFirst extends Sequencer {
  /** @param {import('@jest/test-result').Test[]} tests */
  sort(tests) {
    const rank = (/** @type {{ path: string }} */ { path }) => {
      const at = LONGEST.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
}
