import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';

const LIMIT = 10 * 1024 * 1024;

/** One life of a container: its log, and where to read it. */
export interface LogFile {
  path: string;
  stream: Writable;
}

/**
 * The log of a pod's container in `<folder>/<pod>/`: `0.log` is its first life, `1.log` that after the first restart. At
 * 10 MiB it moves to `.log.old`, once: what is older is gone.
 */
export function openLog(folder: string, pod: string, life: number): LogFile {
  mkdirSync(join(folder, pod), { recursive: true });
  const path = join(folder, pod, `${life}.log`);
  let file = createWriteStream(path, { flags: 'a' });
  let size = sizeOf(path);
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > LIMIT) {
        file.end();
        renameSync(path, `${path}.old`);
        file = createWriteStream(path, { flags: 'a' });
        size = chunk.length;
      }
      file.write(chunk, () => done());
    },
    final: (done) => void file.end(done),
  });
  return { path, stream };
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
