import type { Cli } from '../cli.ts';
import type { Running } from './start.ts';

/** One Ctrl-C arrives several times: from the terminal, and again from npm and the launcher, which pass it on. */
const SAME_PRESS_MS = 500;

/**
 * Ctrl-C, a closed terminal and SIGTERM stop the shop gracefully and exit with 0. A second Ctrl-C, or one before the shop
 * runs, ends this process at once: the guard ends what it leaves behind. Gives a function that takes the shop once it runs.
 */
export function stopOnSignal(cli: Cli): (shop: Running) => void {
  let running: Running | undefined;
  let first: number | undefined;

  async function stop(): Promise<void> {
    if (first !== undefined && cli.now() - first < SAME_PRESS_MS) return;
    if (first !== undefined || running === undefined) return cli.process.exit(130);
    first = cli.now();
    cli.out('\n  Stopping … (Ctrl-C again: at once)\n');
    await running.stop();
    cli.out('  Everything has stopped.\n');
    cli.process.exit(0);
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) cli.process.on(signal, () => void stop());
  return (shop) => {
    running = shop;
  };
}
