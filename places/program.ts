import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/** The folder, environment and standard input of a program; by default those of this process, and no input. */
export interface ProgramOptions {
  input?: string | undefined;
  cwd?: string;
  env?: Record<string, string | undefined>;
  /** After how many ms it gets SIGKILL; half an hour, because building all images takes many minutes. */
  limitMs?: number;
}

const LIMIT_MS = 30 * 60_000;

/** What a program has printed, and its exit code: null where a signal ended it. */
export interface ProgramResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program with `words` and gives what it printed. Throws with its stderr on a non-zero exit. */
export async function runProgram(
  program: string,
  words: readonly string[],
  place: ProgramOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await tryProgram(program, words, place);
  if (code === 0) return stdout;
  throw new Error(`${program} ${words.join(' ').slice(0, 200)} ended with ${code}:\n${stderr}${stdout}`);
}

/** Runs a program with `words` to its end, whatever its exit code. Throws what `spawn` throws: ENOENT where there is no such program; and when it has not ended within `limitMs`. */
export async function tryProgram(
  program: string,
  words: readonly string[],
  { input = '', limitMs = LIMIT_MS, ...place }: ProgramOptions = {},
): Promise<ProgramResult> {
  const child = startProgram(program, words, place);
  child.stdin.end(input);
  let isLate = false;
  const timer = setTimeout(() => (isLate = child.kill('SIGKILL')), limitMs);
  const result = await waitForEnd(child).finally(() => clearTimeout(timer));
  if (isLate) throw new Error(`${program} ${words.join(' ').slice(0, 200)} has not ended within ${limitMs / 1000} s.`);
  return result;
}

/** Starts a program with pipes. Its standard input stays open until the caller ends it. */
export function startProgram(
  program: string,
  words: readonly string[],
  place: Omit<ProgramOptions, 'input' | 'limitMs'> = {},
): ChildProcessWithoutNullStreams {
  const child = spawn(program, words, { ...place, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined); // the program may end before it has read everything
  return child;
}

/** Waits until a program has ended. Only the named streams are read: another one may be piped elsewhere. Throws as `tryProgram`. */
export function waitForEnd(
  child: ChildProcessWithoutNullStreams,
  streams: readonly ('stdout' | 'stderr')[] = ['stdout', 'stderr'],
): Promise<ProgramResult> {
  const text = { stdout: '', stderr: '' };
  for (const stream of streams) child[stream].setEncoding('utf8').on('data', (part: string) => (text[stream] += part));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, ...text }));
  });
}
