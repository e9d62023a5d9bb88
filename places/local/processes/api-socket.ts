import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Failure } from '../../failure.ts';

/** A socket's path may have 104 bytes on macOS and 108 on Linux, with the final zero. */
const MOST_BYTES = 103;

/**
 * Path of the unix socket at which the runner of a state folder answers: in the folder, or, where that path is too long for a
 * socket, in a folder of this user's in /tmp.
 */
export function apiSocket(state: string): string {
  const path = join(state, 'tuesday.sock');
  if (Buffer.byteLength(resolve(path)) <= MOST_BYTES) return path;
  const name = createHash('sha256').update(resolve(state)).digest('hex').slice(0, 16);
  return join('/tmp', `tuesday-${userInfo().uid}`, `${name}.sock`);
}

/** Makes the socket's folder where it is missing. Throws Failure where it belongs to another user, who could read and change what is asked. */
export function makeSocketFolder(socket: string): void {
  const folder = dirname(socket);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (lstatSync(folder).uid !== userInfo().uid)
    throw new Failure(
      `The folder ${folder} belongs to another user. Choose a shorter path for the shop's state with --state.`,
    );
}
