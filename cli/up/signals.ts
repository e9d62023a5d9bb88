import { constants } from 'node:os';
import type { Cli } from '../cli.ts';
import type { Running } from './start.ts';

/** One Ctrl-C arrives several times: from the terminal, and again from npm and the launcher, which pass it on. */
const SAME_PRESS_MS = 500;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof SIGNALS)[number];

/**
 * Ctrl-C and SIGTERM stop the shop gracefully and exit with 0; a closed terminal (SIGHUP) does the same and exits with 129.
 * A second Ctrl-C or SIGTERM, or any of them before the shop runs, ends this process at once with 128 and the signal's number:
 * the guard ends what it leaves behind. Gives a function that takes the shop once it runs.
 */
export function stopOnSignal(cli: Cli): (shop: Running) => void {
  let running: Running | undefined;
  let first: number | undefined;

  async function stop(signal: Signal): Promise<void> {
    // Each line that a closed terminal does not take says again that it is closed.
    if (first !== undefined && (signal === 'SIGHUP' || cli.now() - first < SAME_PRESS_MS)) return;
    const code = 128 + constants.signals[signal];
    if (first !== undefined || running === undefined) return cli.process.exit(code);
    first = cli.now();
    cli.out('\n  Stopping … (Ctrl-C again: at once)\n');
    await running.stop();
    cli.out('  Everything has stopped.\n');
    cli.process.exit(signal === 'SIGHUP' ? code : 0);
  }

  for (const signal of SIGNALS) cli.process.on(signal, () => void stop(signal));
  return (shop) => {
    running = shop;
  };
}
