import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../free-port.ts';
import type { PlaceOptions } from '../../place.ts';
import { PROGRAMS, ROOT } from '../../repository.ts';
import { type LocalPlace, connectLocalPlace, tuesdayEnvironment } from './connect.ts';
import { plainOutput } from '../../plain-output.ts';

/** A running `tuesday up`, with its process. */
export interface StartedPlace extends LocalPlace {
  process: ChildProcess;
  /** The output of `up` so far. */
  screen(): string;
}

export interface LocalOptions extends PlaceOptions {
  /** The folder of its state, deleted in the end; a new one where this is left out. */
  state?: string;
  /** The gateway's port on 127.0.0.1; a free one where this is left out. */
  port?: number;
  /** More words for `tuesday up`. */
  words?: string[];
}

/** How long a shop may take to end, in ms, before SIGKILL: more than `tuesday down` waits. */
const END_MS = 60_000;

/** Starts the shop on this machine with `tuesday up`. Throws with its output if it ends, or is not ready within 90 s. */
export async function startLocalPlace(options: LocalOptions): Promise<StartedPlace> {
  const { env, words = [] } = options;
  const state = options.state ?? (await mkdtemp(join(tmpdir(), 'tuesday-place-')));
  const port = options.port ?? (await freePort());
  const up = ['--import', PROGRAMS.parent, PROGRAMS.tuesday, 'up', '--port', `${port}`, ...words];
  const child = spawn(process.execPath, up, {
    cwd: ROOT,
    env: tuesdayEnvironment(env, state),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  child.stdout!.on('data', (chunk) => (printed += chunk));
  child.stderr!.on('data', (chunk) => (printed += chunk));
  await ready(child, () => printed);
  return {
    ...(await connectLocalPlace({ state, url: `http://127.0.0.1:${port}` }, { env })),
    process: child,
    screen: () => printed,
    [Symbol.asyncDispose]: async () => {
      await end(child);
      await rm(state, { recursive: true, force: true });
      plainOutput(printed);
    },
  };
}

function ready(child: ChildProcess, screen: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not ready after 90 s:\n${screen()}`)), 90_000);
    const look = setInterval(() => /^\s*Ready in /m.test(screen()) && done(), 20);
    const done = (error?: Error) => {
      clearTimeout(timer);
      clearInterval(look);
      if (error) reject(error);
      else resolve();
    };
    child.once('exit', (code) => done(new Error(`tuesday up ended with ${code}:\n${screen()}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
  await gone;
  clearTimeout(timer);
}
