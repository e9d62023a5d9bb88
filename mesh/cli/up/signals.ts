import type { Cli } from '../cli.ts';
import type { Running } from './runner.ts';

export interface Signals {
  /** From now on a signal stops this shop. */
  started(running: Running): void;
}

/**
 * Ctrl-C, a closed terminal and SIGTERM stop the shop gracefully and end with 0. A second Ctrl-C, or one before the shop
 * stands, ends this process at once: the guard ends what it leaves behind.
 */
export function stopOnSignal(cli: Cli): Signals {
  let running: Running | undefined;
  let stopping = false;

  async function stop(): Promise<void> {
    if (stopping || running === undefined) return cli.process.exit(130);
    stopping = true;
    cli.out('\n  Stopping … (Ctrl-C again: at once)\n');
    await running.stop();
    cli.out('  Everything has stopped.\n');
    cli.process.exit(0);
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) cli.process.on(signal, () => void stop());
  return {
    started(shop) {
      running = shop;
    },
  };
}
