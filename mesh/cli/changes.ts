import { printedChange } from '../control/names.ts';
import type { Change } from '../control/store.ts';
import type { Cli } from './cli.ts';
import { Failure } from './failure.ts';
import { fromHere } from './manifests.ts';

/** What the runner answers to apply and delete. */
export interface Changes {
  changes: Pick<Change, 'ref' | 'change'>[];
  warnings?: string[];
}

/** Sends a change and prints kubectl's line about each object; warnings go to stderr. Throws the runner's sentence. */
export async function change(cli: Cli, path: '/apply' | '/delete', body: object): Promise<Changes> {
  const answer = await send(cli, path, body);
  for (const one of answer.changes) cli.out(`${printedChange(one)}\n`);
  for (const warning of answer.warnings ?? [])
    cli.err(`${cli.paint('yellow', 'Warning:')} ${fromHere(warning, process.cwd())}\n`);
  return answer;
}

async function send(cli: Cli, path: string, body: object): Promise<Changes> {
  try {
    return await cli.api.post<Changes>(path, body);
  } catch (error) {
    if (error instanceof Failure) throw new Failure(fromHere(error.message, process.cwd()), error.exitCode);
    throw error;
  }
}
