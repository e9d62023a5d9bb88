import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';

const LIMIT = 10 * 1024 * 1024;

/** Path of a container's log: `<folder>/<pod>/0.log` until the first restart, `1.log` after it; an Envoy's is `istio-proxy.0.log` and so on. Makes the folder. */
export function logPath(folder: string, pod: string, run: number | string): string {
  mkdirSync(join(folder, pod), { recursive: true });
  return join(folder, pod, `${run}.log`);
}

/**
 * A log file to write to. At `limit` bytes it is renamed to `.log.old`, which replaces an older one. What cannot be written
 * (a full disk) is lost, without an error: the pod and the runner continue.
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
  }).on('error', () => undefined);
}

function openFile(path: string) {
  return createWriteStream(path, { flags: 'a' }).on('error', () => undefined);
}

function moveAway(path: string): void {
  try {
    renameSync(path, `${path}.old`);
  } catch {
    // The disk is full, or the file has been removed: go on with the same name.
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
