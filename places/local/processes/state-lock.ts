import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '../../../setup/lock.mjs';
import { identityOf, isRunning } from '../../../setup/processes/identity.mjs';
import { noteShop } from '../../../setup/processes/shops.mjs';
import { processEnvironment } from '../config.ts';
import { Failure } from '../../failure.ts';
import { ROOT } from '../../repository.ts';
import { apiSocket, removeShortFolder } from './api-socket.ts';

/** The content of `runner.json`: the process that runs the shop of a state folder. */
export interface RunnerFile {
  pid: number;
  /** Its pid and when it started: the system may give the same pid to another process later. */
  identity: string;
  startedAt: string;
  url: string;
}

/** By state folder: ends the note that its shop uses the packages of this clone. */
const notes = new Map<string, () => void>();

/**
 * Locks a state folder for this process, and makes it where it is missing; while it is locked, no set-up changes the packages
 * of this clone. Throws Failure when another runner has it, or when it cannot be written. Of two runners that start at the
 * same moment only one gets it. `onWait` gets the pid of a set-up that must end first.
 */
export async function lockState(
  state: string,
  { startedAt, url, onWait }: Pick<RunnerFile, 'startedAt' | 'url'> & { onWait?: (pid: number) => void },
): Promise<void> {
  const text = JSON.stringify({ pid: process.pid, identity: identityOf(), startedAt, url });
  const held = await lockFolder(state, text).catch((error: unknown) => {
    throw new Failure(`The folder ${state} cannot be written: ${reasonOf(error)}. Choose another with --state.`);
  });
  if (held !== undefined) throw new Failure(alreadyRuns(JSON.parse(held) as RunnerFile));
  const clone = { root: ROOT, env: processEnvironment() };
  const note = noteShop(clone, { state, ...(onWait && { onWait }) });
  notes.set(
    state,
    await note.catch((error: Error) => {
      unlockState(state);
      throw new Failure(error.message);
    }),
  );
}

async function lockFolder(state: string, text: string): Promise<string | undefined> {
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const isHeld = (other: string) => liveRunner(other) !== undefined;
  return takeLock(join(state, 'runner.json'), { text, isHeld, mode: 0o600 });
}

/** The runner that the text of a `runner.json` names; undefined when that process has ended. */
export function liveRunner(text: string): RunnerFile | undefined {
  try {
    const runner = JSON.parse(text) as RunnerFile;
    return isRunning(runner.identity) ? runner : undefined;
  } catch {
    return undefined;
  }
}

/** Frees the folder for another runner. */
export function unlockState(state: string): void {
  notes.get(state)?.();
  notes.delete(state);
  rmSync(apiSocket(state), { force: true });
  removeShortFolder(state);
  rmSync(join(state, 'runner.json'), { force: true });
}

function alreadyRuns({ pid, startedAt, url }: RunnerFile): string {
  const since = new Date(startedAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return `The shop already runs (pid ${pid}, since ${since}) at ${url}. Stop it with: npx tuesday down`;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return 'the disk is full';
  return code === 'EACCES' || code === 'EROFS' ? 'this user may not' : message;
}
