import { createWriteStream, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';

const LIMIT = 10 * 1024 * 1024;

/** Path of a container's log: `<folder>/<pod>/0.log` until the first restart, `1.log` after it; an Envoy's is `istio-proxy.0.log` and so on. Makes the folder, and removes the log of the run before the last one: so the limit is one for a pod, however often it was restarted. */
export function logPath(folder: string, pod: string, run: number | string): string {
  const own = join(folder, pod);
  mkdirSync(own, { recursive: true });
  const [, container = '', count = '0'] = /^(.*?)(\d+)$/.exec(`${run}`) ?? [];
  const old = join(own, `${container}${Number(count) - 2}.log`);
  for (const file of [old, `${old}.old`]) rmSync(file, { force: true });
  return join(own, `${run}.log`);
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
