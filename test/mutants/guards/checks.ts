import type { Mutant } from '../mutant.ts';

const checks = 'setup/checks/';
const support = 'test/support/';
const jest = `${support}jest/`;

/** The guards of the test tools themselves. */
export const CHECKS: Mutant[] = [
  {
    name: 'a skipped test is a failure',
    edits: [{ file: `${checks}summary.mjs`, find: 'failed === 0 && skipped === 0 &&', replace: 'failed === 0 &&' }],
    tests: `${checks}summary.test.mjs`,
    title: 'When a test is skipped, then the run fails and the last line says so',
  },
  {
    name: 'a unit test starts no process',
    edits: [
      {
        file: `${jest}forbid-processes.mjs`,
        find: "replace(childProcess.ChildProcess.prototype, 'spawn',",
        replace: "replace({}, 'spawn',",
      },
    ],
    tests: `${jest}forbid-processes.test.ts`,
    title: 'When it calls spawn, then one sentence names the file and its new name',
  },
  {
    name: 'a unit test starts no worker thread',
    edits: [
      { file: `${jest}forbid-processes.mjs`, find: "replace(workers, 'Worker',", replace: "replace({}, 'Worker'," },
    ],
    tests: `${jest}forbid-processes.test.ts`,
    title: 'When it starts a worker thread, then one sentence says the same',
  },
  {
    name: 'a unit test connects to no other machine',
    edits: [{ file: `${jest}forbid-processes.mjs`, find: '!LOOPBACK.test(host)', replace: 'false' }],
    tests: `${jest}forbid-processes.test.ts`,
    title: 'When it connects to another machine, then one sentence says the same',
  },
  {
    name: 'what a unit test may not do is allowed after it',
    edits: [{ file: `${jest}forbid-processes.mjs`, find: 'for (const step of undo) step();', replace: '' }],
    tests: `${jest}forbid-processes.integration.test.mjs`,
    title: 'When a unit test has ended, then the next file of the same process may start processes',
  },
  {
    name: 'a failure has the logs of its own time only',
    edits: [{ file: `${jest}e2e.environment.mjs`, find: 'this.#from = window.to;', replace: '' }],
    tests: `${jest}e2e.environment.integration.test.mjs`,
    title: 'When a test fails, then what the pods logged during that test is a part of the failure',
  },
  {
    name: 'a failure says how to run it alone',
    edits: [{ file: `${checks}failures.mjs`, find: ', `run it alone: ${command}`]', replace: ']' }],
    tests: `${checks}failures.test.mjs`,
    title: 'When a file cannot be run, then its own message is listed',
  },
  {
    name: 'the slowest files are the slowest',
    edits: [
      {
        file: `${checks}slowest.mjs`,
        find: '.flatMap(({ files }) => files).sort((a, b) => b.seconds - a.seconds)',
        replace: '.flatMap(({ files }) => files)',
      },
    ],
    tests: `${checks}slowest.test.mjs`,
    title: 'When many files have run, then the ten slowest of all stages are listed, the slowest first',
  },
  {
    name: 'a long unit test is named',
    edits: [{ file: `${checks}slowest.mjs`, find: 'units.includes(timed) && ', replace: '' }],
    tests: `${checks}slowest.test.mjs`,
    title: 'When unit test files take longer than they should, then the longest are named, and other kinds are not',
  },
  {
    name: 'words that choose no test are an error',
    edits: [
      { file: 'setup/test.mjs', find: 'if (groups.length > 0) return groups;', replace: 'if (groups) return groups;' },
    ],
    tests: 'setup/test.integration.test.mjs',
    title: 'When a word is in no path of a test, then one sentence says so',
  },
  {
    name: 'a title is taken literally',
    edits: [
      {
        file: `${checks}request.mjs`,
        find: '`--testNamePattern=${literal(title)}`',
        replace: '`--testNamePattern=${title}`',
      },
    ],
    tests: `${checks}request.test.mjs`,
    title: 'When words and titles have characters with a meaning for jest, then they mean themselves',
  },
  {
    name: 'the format check reads what has changed, whatever its time',
    edits: [
      { file: `${checks}stages.mjs`, find: "'--cache-strategy', 'content'", replace: "'--cache-strategy', 'metadata'" },
    ],
    tests: `${checks}stages.integration.test.mjs`,
    title: 'When a file changes between two runs and keeps its size and time, then the format check reads it again',
  },
  {
    name: 'types are checked again in all that depends on a change',
    edits: [
      {
        file: 'tsconfig.json',
        find: '"incremental": true,',
        replace: '"incremental": true, "assumeChangesOnlyAffectDirectDependencies": true,',
      },
    ],
    tests: `${checks}stages.integration.test.mjs`,
    title: 'When a type changes between two runs, then the files that use it indirectly are checked again',
  },
];
