import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Commands that leave every object as it is. */
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

/** Whether objects may differ from the base. A file in the shop's state folder says so: several users of a shop know nothing of each other. */
export interface ChangeTracker {
  /** Takes note of a command before it runs. */
  record(words: readonly string[]): void;
  hasChanged(): boolean;
  /** After a reset. */
  clear(): void;
}

/** What commands have done to the shop of a state folder since its start, or since its last reset. */
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
