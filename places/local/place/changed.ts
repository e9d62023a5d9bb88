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
export interface Changed {
  /** Takes note of a command before it runs. */
  by(words: readonly string[]): void;
  isSo(): boolean;
  /** After a reset. */
  forget(): void;
}

/** What commands have done to the shop of a state folder since its start, or since its last reset. */
export function changedIn(state: string): Changed {
  const note = join(state, 'changed');
  return {
    by: ([first = '']) => {
      if (!READS.has(first)) writeFileSync(note, '');
    },
    isSo: () => existsSync(note),
    forget: () => rmSync(note, { force: true }),
  };
}
