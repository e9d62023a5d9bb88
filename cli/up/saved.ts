import type { Saved } from '../../places/local/changes/watch-files.ts';
import type { Cli } from '../cli.ts';
import { printChanges } from '../shop/changes.ts';

/** Prints the changes of a save on the screen of `up`. */
export function printSaved(cli: Cli, saved: Saved): void {
  if ('refused' in saved) return cli.err(`${cli.paint('yellow', 'Warning:')} ${saved.refused}\n`);
  cli.out(`${saved.file} saved\n`);
  printChanges(cli, saved);
}
