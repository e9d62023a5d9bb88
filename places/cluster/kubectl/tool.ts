import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Failure } from '../failure.ts';
import type { Terminal } from '../terminal.ts';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** A program on PATH. */
export interface Tool {
  name: string;
  /** Runs it to its end, whatever its exit code; `stdin` is written to it. Throws Failure if it is not there. */
  run(args: readonly string[], stdin?: string): Promise<Ran>;
  /** As `run`, but throws Failure for an exit code other than 0, with the tool's own words and `mend`; gives what it printed. */
  must(args: readonly string[], options: { mend: string; stdin?: string }): Promise<string>;
  /** Starts it with pipes; whoever asks for it ends its standard input. */
  start(args: readonly string[]): ChildProcessWithoutNullStreams;
}

/** Where people get the tools from. */
const PAGES: Record<string, string> = {
  kubectl: 'https://kubernetes.io/docs/tasks/tools/',
  helm: 'https://helm.sh/docs/intro/install/',
  docker: 'https://docs.docker.com/engine/install/',
  kind: 'https://kind.sigs.k8s.io/docs/user/quick-start/',
  minikube: 'https://minikube.sigs.k8s.io/docs/start/',
};

export function createTool(name: string, { env }: Pick<Terminal, 'env'>): Tool {
  const start = (args: readonly string[]) => spawn(name, args, { env });

  async function run(args: readonly string[], stdin = ''): Promise<Ran> {
    const child = start(args);
    child.stdin.on('error', () => undefined); // it may end without having read everything
    child.stdin.end(stdin);
    return ended(name, child);
  }

  async function must(args: readonly string[], { mend, stdin }: { mend: string; stdin?: string }): Promise<string> {
    const { code, stdout, stderr } = await run(args, stdin);
    if (code === 0) return stdout;
    throw new Failure(`${name} ${args[0]} failed: ${sentence(stderr || stdout)}`, mend);
  }

  return { name, run, must, start };
}

/**
 * Waits for a program's end and gives what it said, on the streams that are named: another may be going elsewhere.
 * Throws Failure if it could not be started.
 */
export function ended(
  name: string,
  child: ChildProcessWithoutNullStreams,
  streams: readonly ('stdout' | 'stderr')[] = ['stdout', 'stderr'],
): Promise<Ran> {
  const text = { stdout: '', stderr: '' };
  for (const stream of streams) child[stream].setEncoding('utf8').on('data', (part: string) => (text[stream] += part));
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') return reject(error);
      reject(new Failure(`${name} is not on PATH.`, `see ${PAGES[name] ?? `your system's package ${name}`}`));
    });
    child.once('close', (code, signal) => resolve({ code: signal ? 1 : (code ?? 1), ...text }));
  });
}

/** The line of a tool's words that says most: kubectl and helm begin it with "error", and logs of theirs may stand before. */
export function sentence(words: string): string {
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  const told = lines.find((line) => /^(error|unable|the connection)/i.test(line)) ?? lines.at(-1) ?? 'it said nothing';
  return told.replace(/^error: */i, '').replace(/[.\s]*$/, '.');
}
