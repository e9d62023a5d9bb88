import { log } from '@tuesday/service';

export interface LoopOptions {
  /** For the log. */
  name: string;
  /** Milliseconds between two rounds that found nothing. */
  everyMs: number;
  /** Milliseconds from trigger() to its round, so that many calls make one round. */
  delayMs?: number;
  /** Called until it resolves once; before that there is no round. */
  ready(): Promise<unknown>;
  /** One round; true if there may be more to do at once. Must be safe to run in several processes. */
  round(): Promise<boolean>;
}

/** Background work in rounds, every `everyMs` or at once after trigger(); it goes on after a failed round. */
export function createLoop({ name, everyMs, delayMs = 0, ready, round }: LoopOptions) {
  let stopped = false;
  let wake = () => undefined as void;
  let triggered = false;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    let isReady = false;
    while (!stopped) {
      isReady ||= await ready().then(
        () => true,
        () => false,
      );
      triggered = false;
      if (isReady && (await round().catch(failed))) continue;
      if (!triggered && !stopped) await pause(everyMs);
      if (triggered && !stopped) await pause(delayMs);
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
    trigger() {
      if (!triggered) wake();
      triggered = true;
    },
  };
}
