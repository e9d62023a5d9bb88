import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, createApi } from './shop/api.ts';
import { type CliConfig, readConfig } from './config.ts';
import { createPaint, type Paint } from './print/paint.ts';

/** Everything that a command uses of its process; tests replace it. */
export interface Cli {
  config: CliConfig;
  /** The environment of kubectl and the other tools, with PATH and KUBECONFIG. */
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
  /** The process's exit code, for commands that pass on that of another program. */
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
    stdin: () => text(process.stdin),
    now: Date.now,
    sleep: (ms) => sleep(ms),
    process,
    exitCode: 0,
  };
}
