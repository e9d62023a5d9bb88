import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Longest path of a folder, in bytes. A socket's path may have 104 on macOS and 108 on Linux, with the final zero; a pod's name may have 63. */
const MOST_BYTES = 103 - '/.sock'.length - 63;

/** The folder for sockets, made where it is missing: `folder`, or a new one in the system's folder for temporary files when the path is too long for a socket. */
export function socketFolder(folder: string): string {
  if (Buffer.byteLength(folder) > MOST_BYTES) return mkdtempSync(join(tmpdir(), 'tuesday-'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
