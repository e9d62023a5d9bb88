import { EventEmitter } from 'node:events';
import { createApi } from '../shop/api.ts';
import type { Cli } from '../cli.ts';
import { createPaint } from '../print/paint.ts';
import { run } from '../program.ts';
import type { StartShop } from '../up/start.ts';
import { plainOutput } from '../../places/plain-output.ts';

/** What one command line printed, and its exit code. */
export interface CliResult {
  code: number;
  out: string;
  err: string;
}

/** What a command line under test has around it. */
export interface CliOptions {
  state: string;
  stdin?: string;
  /** The time in ms since 1970; the real clock where it is left out. */
  now?: number;
  start?: StartShop;
  process?: FakeProcess;
}

/** Takes signals by `emit`, and remembers what it was ended with. */
export class FakeProcess extends EventEmitter {
  code: number | undefined;
  // A real one never returns from here; this one goes on, and the first code counts.
  exit(code?: number): never {
    this.code ??= code;
    return undefined as never;
  }
}

/** A command line that writes into strings. */
export function stringCli({
  state,
  stdin = '',
  now,
  process = new FakeProcess(),
}: CliOptions): Cli & { text: { out: string; err: string } } {
  const text = { out: '', err: '' };
  let slept = 0;
  const config = { state, startedAt: Date.now(), setupMs: 0, color: false };
  return {
    text,
    config,
    env: {},
    api: createApi(() => config.state),
    out: (part) => void (text.out += part),
    err: (part) => void (text.err += part),
    paint: createPaint(false),
    isTerminal: false,
    stdin: async () => stdin,
    now: () => (now ?? Date.now()) + slept,
    // Time passes at once: what waits three seconds is tested in none.
    sleep: (ms) => {
      slept += ms;
      return new Promise<void>((resolve) => setImmediate(resolve));
    },
    process: process as unknown as Cli['process'],
    exitCode: 0,
  };
}

const never: StartShop = () => Promise.reject(new Error('nothing is started in this test'));

/** Runs one command line as a terminal would, e.g. `get pods -o wide`. */
export async function runCli(place: CliOptions, ...words: string[]): Promise<CliResult> {
  const cli = stringCli(place);
  const code = await run(cli, place.start ?? never, words);
  plainOutput(cli.text.out + cli.text.err);
  return { code, ...cli.text };
}
