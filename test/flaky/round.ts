import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../places/repository.ts';
import { runToEnd } from '../support/run-to-end.ts';

/** One run of the suite. */
export interface Round {
  seconds: number;
  /** What failed: `file › test`, or a stage without tests; empty only if the suite's exit code was 0. */
  failed: string[];
}

/** The fields that are used of what `npm test -- --report` writes: one entry a stage. */
type Outcomes = readonly { name: string; code: number; counts?: { failures: string[] } }[];

/** Runs the suite once; `command` is `npm test`, with the words that choose a part of it. */
export async function runRound(command: readonly string[], signal: AbortSignal): Promise<Round> {
  const folder = await mkdtemp(join(tmpdir(), 'tuesday-flaky-'));
  const report = join(folder, 'report.json');
  try {
    const { code, seconds } = await runToEnd([...command, '--report', report], { cwd: ROOT, env: process.env, signal });
    const outcomes = await readFile(report, 'utf8').then(
      (text) => JSON.parse(text) as Outcomes,
      () => undefined,
    );
    return { seconds, failed: failedOf(outcomes, code) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What failed in a run. The exit code decides: a run that failed without a named failure is one itself. */
export function failedOf(outcomes: Outcomes | undefined, code: number): string[] {
  if (!outcomes) return code === 0 ? [] : [`npm test ended with exit code ${code} before its summary`];
  const failed = outcomes.flatMap(({ name, code, counts: { failures = [] } = { failures: [] } }) =>
    failures.length === 0 && code !== 0 ? [`the stage ${name}`] : failures.map((failure) => failure.split('\n')[0]!),
  );
  return failed.length === 0 && code !== 0 ? [`npm test ended with exit code ${code}: see its summary`] : failed;
}
