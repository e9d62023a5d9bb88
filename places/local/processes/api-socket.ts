import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Failure } from '../../failure.ts';

/** A socket's path may have 104 bytes on macOS and 108 on Linux, with the final zero. */
export const MOST_BYTES = 103;

/** Where the sockets of a folder are if its path is too long for them: a folder of this user's in /tmp, another one for each. */
export function shortFolder(folder: string): string {
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
  return join('/tmp', `tuesday-${process.getuid?.()}-${name}`);
}

/** Path of the unix socket at which the runner of a state folder answers: in the folder, or in its short one. */
export function apiSocket(state: string): string {
  const path = join(state, 'tuesday.sock');
  return Buffer.byteLength(resolve(path)) <= MOST_BYTES ? path : join(shortFolder(state), 'tuesday.sock');
}

/** Makes a folder for sockets where it is missing. Throws Failure where it belongs to another user, who could read and change what is asked. */
export function makeSocketFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isOurs(folder))
    throw new Failure(
      `The folder ${folder} belongs to another user. Choose a shorter path for the shop's state with --state.`,
    );
}

/** Removes the short folder of a folder, if there is one. */
export function removeShortFolder(folder: string): void {
  const short = shortFolder(folder);
  if (isOurs(short)) rmSync(short, { recursive: true, force: true });
}

/** Makes the folder of a runner's socket, and removes the socket that a killed runner has left. */
export function prepareSocket(socket: string): void {
  makeSocketFolder(dirname(socket));
  rmSync(socket, { force: true });
}

function isOurs(folder: string): boolean {
  return lstatSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.();
}
