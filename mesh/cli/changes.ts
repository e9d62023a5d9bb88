import { printedChange } from '../control/names.ts';
import type { Change } from '../control/store.ts';
import type { Cli } from './cli.ts';
import { Failure } from './failure.ts';
import { fromHere } from './manifests.ts';

/** What the runner answers to apply and delete. */
export interface Changes {
  changes: Pick<Change, 'ref' | 'change'>[];
  warnings?: string[];
  mesh?: { sidecars: number; ms: number; rejected: { pod: string; reason: string }[]; late: string[] };
}

/** Sends a change and prints kubectl's line about each object; warnings go to stderr. Throws the runner's sentence. */
export async function change(cli: Cli, path: '/apply' | '/delete', body: object): Promise<Changes> {
  const answer = await send(cli, path, body);
  const lines = answer.changes.map(printedChange);
  const last = lines.pop();
  for (const line of lines) cli.out(`${line}\n`);
  if (last !== undefined) cli.out(`${last.padEnd(answer.mesh ? WIDTH : 0)}${acknowledged(answer)}\n`);
  for (const warning of [...(answer.warnings ?? []), ...refusals(answer)])
    cli.err(`${cli.paint('yellow', 'Warning:')} ${fromHere(warning, process.cwd())}\n`);
  return answer;
}

/** kubectl's lines are rarely longer. */
const WIDTH = 66;

function acknowledged({ mesh }: Changes): string {
  return mesh ? ` ${mesh.sidecars} sidecars acknowledged in ${mesh.ms} ms` : '';
}

function refusals({ mesh }: Changes): string[] {
  const refused = mesh?.rejected.map(({ pod, reason }) => `the Envoy of ${pod} refused it: ${reason}`) ?? [];
  return [...refused, ...(mesh?.late.map((pod) => `the Envoy of ${pod} has not answered yet`) ?? [])];
}

async function send(cli: Cli, path: string, body: object): Promise<Changes> {
  try {
    return await cli.api.post<Changes>(path, body);
  } catch (error) {
    if (error instanceof Failure) throw new Failure(fromHere(error.message, process.cwd()), error.exitCode);
    throw error;
  }
}
