import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';

const LIMIT = 10 * 1024 * 1024;

/** Where a pod's container logs: `<folder>/<pod>/0.log` is its first life, `1.log` that after the first restart; its Envoy's are `istio-proxy.0.log` and so on. Makes the folder. */
export function logPath(folder: string, pod: string, life: number | string): string {
  mkdirSync(join(folder, pod), { recursive: true });
  return join(folder, pod, `${life}.log`);
}

/**
 * A log file to write to. At `limit` bytes it moves to `.log.old`, once: what is older is gone. What cannot be written
 * (a full disk) is lost: a pod goes on without its log, and so does the runner.
 */
export function openLog(path: string, limit = LIMIT): Writable {
  let file = openFile(path);
  let size = sizeOf(path);
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit) {
        file.end();
        moveAway(path);
        file = openFile(path);
        size = chunk.length;
      } else if (file.destroyed) file = openFile(path);
      file.write(chunk, () => done());
    },
    final: (done) => void file.end(() => done()),
  });
}

function openFile(path: string) {
  return createWriteStream(path, { flags: 'a' }).on('error', () => undefined);
}

function moveAway(path: string): void {
  try {
    renameSync(path, `${path}.old`);
  } catch {
    // Not even a name fits on the disk, or somebody took the file away: go on in the same one.
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
