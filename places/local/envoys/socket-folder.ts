import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A socket's path has 104 bytes on macOS and 108 on Linux, its end included; a pod's name has 63. */
const ROOM = 103 - '/.sock'.length - 63;

/** Where sockets go: `folder`, made when it is not there, or a new one of the user's own in the system's for temporary files when its path is too long. */
export function socketFolder(folder: string): string {
  if (Buffer.byteLength(folder) > ROOM) return mkdtempSync(join(tmpdir(), 'tuesday-'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
