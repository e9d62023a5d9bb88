import { runProgram } from '../program.ts';
import { ROOT } from '../repository.ts';

/** Runs a docker command in the repository's folder and gives what it printed, trimmed. Throws with its standard error. */
export async function docker(env: Record<string, string | undefined>, ...words: string[]): Promise<string> {
  return (await runProgram('docker', words, { env, cwd: ROOT })).trim();
}
