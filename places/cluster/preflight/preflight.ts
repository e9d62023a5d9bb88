import { Failure } from '../../failure.ts';
import { createKubectl } from '../kubectl/kubectl.ts';
import type { Terminal } from '../terminal.ts';
import type { Check } from './check.ts';
import { definitions } from './definitions.ts';
import { injection } from './injection.ts';
import { istiod } from './istiod.ts';
import { memory } from './memory.ts';
import { reachable } from './reachable.ts';
import { storage } from './storage.ts';
import { tracing } from './tracing.ts';

/** In the order of installation: what is missing first is often why the next is missing. */
const CHECKS: readonly Check[] = [definitions, istiod, injection, tracing, memory, storage];

/** Prints a line for every check, and changes nothing. Throws Failure if a check failed, and at once if no cluster answers. */
export async function preflight(terminal: Terminal): Promise<void> {
  const kubectl = createKubectl(terminal);
  const print = (title: string, mark: string, text: string) => terminal.out(`${mark} ${title.padEnd(10)} ${text}\n`);
  print(reachable.title, '✓', await reachable.look(kubectl));
  const failures: Failure[] = [];
  for (const check of CHECKS) {
    const found = await check.look(kubectl).catch(failureOf);
    if (found instanceof Failure) failures.push(found);
    print(check.title, found instanceof Failure ? '✗' : '✓', found instanceof Failure ? found.message : found);
  }
  const [first] = failures;
  if (first !== undefined)
    throw new Failure(`The cluster is not ready: ${failures.length} of ${CHECKS.length} checks failed.`, first.mend);
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}
