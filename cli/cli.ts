import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, createApi } from './shop/api.ts';
import { type CliConfig, readConfig } from './config.ts';
import { createPaint, type Paint } from './print/paint.ts';

/** Everything a command touches, so that tests can stand in for each of it. */
export interface Cli {
  config: CliConfig;
  /** The environment that the tools of a cluster get: PATH and KUBECONFIG are in it. */
  env: Record<string, string | undefined>;
  api: Api;
  out(text: string): void;
  err(text: string): void;
  paint: Paint;
  isTerminal: boolean;
  stdin(): Promise<string>;
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Signals that this process gets, and its end. */
  process: Pick<NodeJS.Process, 'on' | 'exit'>;
  /** What the process ends with, for commands that pass on another's exit code. */
  exitCode: number;
}

/** The command line of this process. */
export function createCli(process: NodeJS.Process): Cli {
  const isTerminal = process.stdout.isTTY === true;
  const config = readConfig(process.env, isTerminal);
  return {
    config,
    env: process.env,
    api: createApi(() => config.state),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    paint: createPaint(config.color),
    isTerminal,
    stdin: () => readAll(process.stdin),
    now: Date.now,
    sleep: (ms) => sleep(ms),
    process,
    exitCode: 0,
  };
}

async function readAll(stream: NodeJS.ReadStream): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}
