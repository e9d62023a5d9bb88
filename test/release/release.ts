import { join } from 'node:path';
import { ROOT } from '../../places/repository.ts';
import { runToEnd } from '../support/run-to-end.ts';
import { type Part, type Result, commandOf } from './part.ts';

/** Runs parts one after the other, also after one that fails. At an interruption the rest is not run. Gives a result for each part. */
export async function runParts(
  parts: readonly Part[],
  { env, signal, isChosen }: { env: NodeJS.ProcessEnv; signal: AbortSignal; isChosen: (name: string) => boolean },
): Promise<Result[]> {
  const results: Result[] = [];
  for (const part of parts) {
    const why = await reasonNotToRun(part);
    results.push(
      why === undefined
        ? await runPart(part, { env, signal })
        : { name: part.name, command: textOf(part), state: 'not run', seconds: 0, why },
    );
  }
  return results;

  async function reasonNotToRun({ name, missing }: Part): Promise<string | undefined> {
    if (!isChosen(name)) return 'not chosen';
    return signal.aborted ? 'interrupted' : missing?.(env);
  }
}

async function runPart(part: Part, { env, signal }: { env: NodeJS.ProcessEnv; signal: AbortSignal }): Promise<Result> {
  const result = { name: part.name, command: textOf(part), seconds: 0 };
  for (const step of part.steps) {
    console.info(`\n══ ${part.name}: ${commandOf(step)}`);
    const { code, seconds } = await runToEnd(step.command, {
      cwd: join(ROOT, step.folder ?? '.'),
      env: { ...env, ...step.env },
      signal,
    });
    result.seconds += seconds;
    if (signal.aborted) return { ...result, state: 'not run', why: 'interrupted' };
    if (code !== 0) return { ...result, state: 'failed', why: `${commandOf(step)} ended with exit code ${code}` };
  }
  return { ...result, state: 'passed' };
}

const textOf = ({ steps }: Part) => steps.map(commandOf).join(' && ');
