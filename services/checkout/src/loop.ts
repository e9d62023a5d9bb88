import { log } from '@tuesday/service';

export interface LoopOptions {
  /** For the log. */
  name: string;
  /** Milliseconds between two rounds that found nothing. */
  everyMs: number;
  /** Milliseconds from a nudge to its round, so that many nudges make one round. */
  gatherMs?: number;
  /** Called until it resolves once; before that there is no round. */
  ready(): Promise<unknown>;
  /** One round; true if there may be more to do at once. Must be safe to run in several processes. */
  round(): Promise<boolean>;
}

/** Background work in rounds, every `everyMs` or at once after nudge(); it goes on after a failed round. */
export function createLoop({ name, everyMs, gatherMs = 0, ready, round }: LoopOptions) {
  let stopped = false;
  let wake = () => undefined as void;
  let nudged = false;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    let isReady = false;
    while (!stopped) {
      isReady ||= await ready().then(
        () => true,
        () => false,
      );
      nudged = false;
      if (isReady && (await round().catch(failed))) continue;
      if (!nudged && !stopped) await pause(everyMs);
      if (nudged && !stopped) await pause(gatherMs);
    }
  }

  function failed(error: unknown): false {
    log().warn({ reason: (error as Error).message }, `${name} will try again`);
    return false;
  }

  async function pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    wake = resolve;
    await promise;
    clearTimeout(timer);
  }

  return {
    start: () => void (running ??= run()),
    async stop() {
      stopped = true;
      wake();
      await running;
    },
    nudge() {
      if (!nudged) wake();
      nudged = true;
    },
  };
}
