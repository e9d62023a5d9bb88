import { spawn } from 'node:child_process';

/** Where and how a program runs; by default as this process does, with nothing on its standard input. */
export interface Surroundings {
  input?: string | undefined;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** What a program has printed, and its exit code: null where a signal ended it. */
export interface Said {
  code: number | null;
  out: string;
  err: string;
}

/** Runs a program with `words` and gives what it printed. Throws with its stderr on a non-zero exit. */
export async function runProgram(program: string, words: readonly string[], place: Surroundings = {}): Promise<string> {
  const { code, out, err } = await askProgram(program, words, place);
  if (code !== 0) throw new Error(`${program} ${words.join(' ').slice(0, 200)} ended with ${code}:\n${err}${out}`);
  return out;
}

/** Runs a program with `words`, however it ends. */
export async function askProgram(
  program: string,
  words: readonly string[],
  { input = '', ...place }: Surroundings = {},
): Promise<Said> {
  const child = spawn(program, words, { ...place, stdio: ['pipe', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin.on('error', () => undefined); // it may end without reading
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  return { code, out, err };
}
