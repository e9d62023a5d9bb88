import { type Changes, printChanges } from '../shop/changes.ts';
import type { Cli } from '../cli.ts';

/** What saving a file did to the running shop, or the sentence why it did nothing. */
export type Saved = { file: string } & (Changes | { refused: string });

/** Prints on the screen of `up` what a save did. */
export function printSaved(cli: Cli, saved: Saved): void {
  if ('refused' in saved) return cli.err(`${cli.paint('yellow', 'Warning:')} ${saved.refused}\n`);
  cli.out(`${saved.file} saved\n`);
  printChanges(cli, saved);
}
