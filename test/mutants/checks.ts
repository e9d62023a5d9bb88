import type { Mutant } from './mutant.ts';

const checks = 'setup/checks/';
const support = 'test/support/';
const jest = `${support}jest/`;
const flaky = 'test/flaky/';

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
  {
    name: 'the mutants of one file are judged one after the other',
    edits: [
      {
        file: 'test/mutants/workers.ts',
        find: 'Map.groupBy(mutants, ({ tests }) => tests)',
        replace: 'Map.groupBy(mutants, ({ name }) => name)',
      },
    ],
    tests: 'test/mutants/workers.test.ts',
    title:
      'When two judges work, then each mutant is judged once, and those of one file one after the other by one of them',
  },
  ...(
    [
      [
        'a stage that counts nothing has failed',
        'if [ $((good + bad)) -eq 0 ] ||',
        'if false ||',
        'When a stage counts nothing, then the run fails and the last line says so',
      ],
      [
        'a failed stage fails the run',
        '|| result=1',
        '|| result=0',
        'When a test fails, then the run fails and the last line says so',
      ],
      [
        'what was not run is named',
        'cat "$log/not-run"',
        ':',
        'When a place is missing, then it is named with its reason, beside all else that was not run',
      ],
    ] as const
  ).map(([name, find, replace, title]): Mutant => ({
    name: `.ci/run: ${name}`,
    edits: [{ file: '.ci/run', find, replace }],
    tests: 'test/release/ci.integration.test.ts',
    title,
  })),
  {
    name: 'flaky: a failure of one round is in the table',
    edits: [
      {
        file: `${flaky}table.ts`,
        find: 'rounds.flatMap(({ failed }) =>',
        replace: 'rounds.slice(-1).flatMap(({ failed }) =>',
      },
    ],
    tests: `${flaky}round.test.ts`,
    title: 'When rounds have ended, then what failed most often stands first, each test once a round',
  },
  {
    name: 'flaky: a round that fails fails the run',
    edits: [{ file: `${flaky}flaky.ts`, find: 'rounds.every(', replace: 'rounds.some(' }],
    tests: `${flaky}flaky.integration.test.ts`,
    title: 'When a test fails one time of three, then the table says so, and the run fails',
  },
  {
    name: 'flaky: a round without a named failure fails too',
    edits: [{ file: `${flaky}round.ts`, find: 'failed.length === 0 && code !== 0 ?', replace: 'code < 0 ?' }],
    tests: `${flaky}round.test.ts`,
    title: 'When a test is skipped, then that is what failed',
  },
  {
    name: 'flaky: the busy processes end with the run',
    edits: [{ file: `${flaky}busy.ts`, find: 'while (process.ppid === parent)', replace: 'while (parent)' }],
    tests: `${flaky}flaky.integration.test.ts`,
    title: 'When SIGKILL ends the run, then no busy process is left',
  },
  {
    name: 'flaky: an interruption reaches all of the suite',
    edits: [
      { file: `${support}run-to-end.ts`, find: 'process.kill(-group, signal)', replace: 'process.kill(group, signal)' },
    ],
    tests: `${flaky}flaky.integration.test.ts`,
    title: 'When SIGINT ends the run, then no busy process is left',
  },
];
