import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Commands that change no object. */
const READS = new Set([
  'get',
  'describe',
  'exec',
  'logs',
  'proxy-config',
  'render',
  'status',
  'top',
  'trace',
  'traffic',
]);

/** Whether objects may differ from the base. This stands in a file in the shop's state folder, because several processes may use a shop. */
export interface ChangeTracker {
  /** Records a command before it runs. */
  record(words: readonly string[]): void;
  hasChanged(): boolean;
  /** After a reset. */
  clear(): void;
}

/** Tracks whether commands have changed the shop of a state folder since its start, or since its last reset. */
export function trackChanges(state: string): ChangeTracker {
  const note = join(state, 'changed');
  return {
    record: ([first = '']) => {
      if (!READS.has(first)) writeFileSync(note, '');
    },
    hasChanged: () => existsSync(note),
    clear: () => rmSync(note, { force: true }),
  };
}
