import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { literal } from '../../setup/checks/request.mjs';
import { JEST_OPTIONS } from '../../setup/jest-options.mjs';

/** The result of the tests with one title; `absent` if none ran. */
export type Verdict = 'passed' | 'failed' | 'absent';

export interface TestRun {
  of(title: string): Verdict;
  /** What jest printed, to find the cause. */
  output: string;
}

interface Report {
  testResults: { assertionResults: { title: string; fullName: string; status: string }[] }[];
}

/** The project of a test file, as jest.config.js has them: the others need not look for their files. */
const projectOf = (tests: string) =>
  /^test\/(e2e|browser)\//.test(tests) ? 'e2e' : tests.includes('.integration.test.') ? 'integration' : 'unit';

/**
 * Runs a test file in a folder, of any size: those of its tests that have one of the titles.
 * A run longer than `limitMs` is killed, and all its tests are absent.
 */
export async function runTests(
  folder: string,
  options: { tests: string; titles: readonly string[]; limitMs?: number },
): Promise<TestRun> {
  const { tests, titles, limitMs = 180_000 } = options;
  const file = join(folder, 'mutants-report.json');
  await rm(file, { force: true });
  const args = [
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    projectOf(tests),
    '--testPathPatterns',
    tests,
    '--runInBand',
    // A mutant may make a test hang and leave open handles.
    '--forceExit',
    '--json',
    `--outputFile=${file}`,
    '--testNamePattern',
    `(${titles.map(literal).join('|')})$`,
  ];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: JEST_OPTIONS },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk) => (output += chunk));
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  clearTimeout(timer);
  const report = await readFile(file, 'utf8')
    .then((text) => JSON.parse(text) as Report)
    .catch(() => undefined);
  const results = report?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? [];
  return {
    output,
    of(title) {
      const states = results
        .filter((test) => test.title === title || test.fullName === title)
        .map(({ status }) => status);
      if (states.includes('failed')) return 'failed';
      return states.includes('passed') ? 'passed' : 'absent';
    },
  };
}
