import { printable, printedChange } from '@tuesday/mesh/explain';
import type { Changed } from '../../places/local/changes/changes.ts';
import type { Cli } from '../cli.ts';
import { Failure } from '../../places/failure.ts';
import { withRelativePaths } from '../manifests/file-options.ts';

/**
 * Sends a change and prints kubectl's line about each object; warnings go to stderr. Where an Envoy rejected the change, a
 * warning says so and the exit code is 1. Throws Failure with the runner's sentence.
 */
export async function change(cli: Cli, path: '/apply' | '/delete', body: object): Promise<Changed> {
  const answer = await send(cli, path, body);
  printChanges(cli, answer);
  if ((answer.mesh?.rejected ?? []).length > 0) cli.exitCode = 1;
  return answer;
}

/** Prints what a change did: kubectl's line about each object, and warnings to stderr. */
export function printChanges(cli: Cli, answer: Changed): void {
  for (const [index, one] of answer.changes.entries()) {
    const isLast = index === answer.changes.length - 1;
    const remarks = [one.note, isLast ? acknowledged(answer) : undefined].filter((remark) => remark !== undefined);
    const line = printedChange(one);
    cli.out(remarks.length === 0 ? `${line}\n` : `${line.padEnd(WIDTH)} ${remarks.join('   ')}\n`);
  }
  for (const warning of [...answer.warnings, ...rejections(answer)])
    cli.err(`${cli.paint('yellow', 'Warning:')} ${withRelativePaths(printable(warning))}\n`);
}

/** kubectl's lines are rarely longer. */
const WIDTH = 66;

function acknowledged({ mesh }: Changed): string | undefined {
  return mesh && `${mesh.sidecars} sidecar${mesh.sidecars === 1 ? '' : 's'} acknowledged in ${mesh.ms} ms`;
}

/** One sentence for all Envoys with the same reason, with the file and line of the changed object. */
function rejections({ mesh, changes }: Changed): string[] {
  const real = changes.filter((one) => one.change !== 'unchanged');
  const places = [...new Set(real.flatMap(({ source }) => (source ? [`${source.file}:${source.line}`] : [])))];
  const where = places.length === 0 ? '' : `${places.join(', ')}: `;
  const reasons = Map.groupBy(mesh?.rejected ?? [], ({ reason }) => reason);
  const refused = [...reasons].map(([reason, some]) => {
    const sentence = reason.replace(/\.$/, '');
    const [first, ...others] = some.map(({ pod }) => pod);
    const who =
      others.length === 0
        ? `the Envoy of ${first} refused it and keeps what it had: ${sentence}.`
        : `${some.length} Envoys refused it and keep what they had: ${sentence}. They are those of ${[first, ...others].join(', ')}.`;
    return `${where}${who} Correct it and apply it again.`;
  });
  return [...refused, ...(mesh?.late.map((pod) => `the Envoy of ${pod} has not answered yet`) ?? [])];
}

async function send(cli: Cli, path: string, body: object): Promise<Changed> {
  try {
    return await cli.api.post<Changed>(path, body);
  } catch (error) {
    if (error instanceof Failure) throw new Failure(withRelativePaths(error.message));
    throw error;
  }
}
