import type { Mutant } from '../mutant.ts';

const flaky = 'test/flaky/';

/** The guards of the long runs: mutants, .ci/run, test:flaky and release:check. */
export const RUNS: Mutant[] = [
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
      {
        file: 'setup/processes/signal.mjs',
        find: 'send(-leader, signal)',
        replace: 'send(leader, signal)',
      },
    ],
    tests: `${flaky}flaky.integration.test.ts`,
    title: 'When SIGINT ends the run, then no busy process is left',
  },
  {
    name: 'no signal goes to the sender’s own group',
    edits: [{ file: 'setup/processes/signal.mjs', find: 'pid > 1;', replace: 'pid > -1;' }],
    tests: 'setup/processes/signal.test.mjs',
    title: 'When 0 is to get a signal, then this is an error, and no process gets one',
  },
  ...(
    [
      [
        'a failed part fails the run',
        'summary.ts',
        'failed === 0 && passed > 0',
        'passed > 0',
        'summary.test.ts',
        'When a part failed and one was not run, then both are named with the reason, and the run fails',
      ],
      [
        'a run in which nothing ran has failed',
        'summary.ts',
        'failed === 0 && passed > 0',
        'failed === 0',
        'summary.test.ts',
        'When no part failed, then the run passes, unless none ran',
      ],
      [
        'a part that was not run is named with its reason',
        'summary.ts',
        "${why ?? ''}",
        '',
        'summary.test.ts',
        'When a part failed and one was not run, then both are named with the reason, and the run fails',
      ],
      [
        'a step that fails fails its part',
        'release.ts',
        'if (code !== 0) return',
        'if (code < 0) return',
        'release.integration.test.ts',
        'When a part fails, then the parts after it run, and each that does not run has its reason',
      ],
      [
        'a part runs only with what it needs',
        'release.ts',
        "'interrupted' : missing?.(env)",
        "'interrupted' : undefined",
        'release.integration.test.ts',
        'When a part fails, then the parts after it run, and each that does not run has its reason',
      ],
      [
        'an earlier time of a part stays',
        'document.ts',
        "if (state === 'not run' && kept)",
        "if (state === 'failed' && kept)",
        'summary.test.ts',
        'When a part is run again alone, then the rows of the others stay',
      ],
    ] as const
  ).map(([name, file, find, replace, tests, title]): Mutant => ({
    name: `release:check: ${name}`,
    edits: [{ file: `test/release/${file}`, find, replace }],
    tests: `test/release/${tests}`,
    title,
  })),
];
