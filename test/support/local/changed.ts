import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Commands that leave every object as it is. */
const LOOKS = new Set([
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

/** Whether objects may differ from the base: kept in the shop's folder, because files of tests know nothing of each other. */
export interface Changed {
  /** Takes note of a command before it runs. */
  by(words: readonly string[]): void;
  isSo(): boolean;
  /** After a reset. */
  forget(): void;
}

/** What commands of tests have done to the shop of a folder since its start, or since it was brought back to its base. */
export function changedIn(state: string): Changed {
  const note = join(state, 'changed-by-tests');
  return {
    by: ([first = '']) => {
      if (!LOOKS.has(first)) writeFileSync(note, '');
    },
    isSo: () => existsSync(note),
    forget: () => rmSync(note, { force: true }),
  };
}
