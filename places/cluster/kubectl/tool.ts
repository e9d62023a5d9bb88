import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { tryProgram, waitForEnd, runProgram, startProgram } from '../../program.ts';
import type { ProgramResult } from '../../program.ts';
import { Failure } from '../../failure.ts';

/** A program on PATH. Every call throws Failure if it is not on PATH. */
export interface Tool {
  name: string;
  /** Runs it to its end, whatever its exit code; `stdin` is written to it. */
  run(args: readonly string[], stdin?: string): Promise<ProgramResult>;
  /** As `run`, but throws an Error with the tool's whole output for an exit code other than 0; gives its standard output. */
  output(args: readonly string[], stdin?: string): Promise<string>;
  /** As `output`, but throws a Failure with one sentence of the tool's output and `mend`. */
  must(args: readonly string[], options: { mend: string; stdin?: string }): Promise<string>;
  /** Starts it with pipes. The caller ends its standard input, and waits with `ended`. */
  start(args: readonly string[]): ChildProcessWithoutNullStreams;
  /** Waits until a started process has ended, and reads the named streams: another one may be piped elsewhere. */
  ended(child: ChildProcessWithoutNullStreams, streams?: readonly ('stdout' | 'stderr')[]): Promise<ProgramResult>;
}

export interface ToolOptions {
  /** The tool's environment; the tool is looked up in its PATH. */
  env: Record<string, string | undefined>;
  /** Arguments that come first in every call. */
  prefix?: readonly string[];
}

/** Where to get the tools. */
const PAGES: Record<string, string> = {
  kubectl: 'https://kubernetes.io/docs/tasks/tools/',
  helm: 'https://helm.sh/docs/intro/install/',
  docker: 'https://docs.docker.com/engine/install/',
  kind: 'https://kind.sigs.k8s.io/docs/user/quick-start/',
  minikube: 'https://minikube.sigs.k8s.io/docs/start/',
};

/** The tool `name`. Nothing is started or looked up before the first call. */
export function createTool(name: string, { env, prefix = [] }: ToolOptions): Tool {
  const run = (args: readonly string[], stdin?: string) =>
    found(name, tryProgram(name, [...prefix, ...args], { env, input: stdin }));

  async function must(args: readonly string[], { mend, stdin }: { mend: string; stdin?: string }): Promise<string> {
    const { code, stdout, stderr } = await run(args, stdin);
    if (code === 0) return stdout;
    throw new Failure(`${name} ${args[0]} failed: ${sentence(stderr || stdout)}`, mend);
  }

  return {
    name,
    run,
    output: (args, stdin) => found(name, runProgram(name, [...prefix, ...args], { env, input: stdin })),
    must,
    start: (args) => startProgram(name, [...prefix, ...args], { env }),
    ended: (child, streams) => found(name, waitForEnd(child, streams)),
  };
}

/** Turns the error of a program that is not on PATH into a Failure. */
function found<T>(name: string, running: Promise<T>): Promise<T> {
  return running.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Failure(`${name} is not on PATH.`, `see ${PAGES[name] ?? `your system's package ${name}`}`);
  });
}

/** The line of a tool's output that says why it failed: kubectl and helm begin it with "error", and lines of their logs may come before it. */
export function sentence(words: string): string {
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((one) => /^(error|unable|the connection)/i.test(one)) ?? lines.at(-1) ?? 'it said nothing';
  return line.replace(/^error: */i, '').replace(/[.\s]*$/, '.');
}
