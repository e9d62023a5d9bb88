import { log } from './log.ts';

/** What a round has done. */
export interface Round {
  /** Whether there may be more to do at once. */
  more: boolean;
  /** How many pieces of work succeeded, and how many did not. */
  done: number;
  failed: number;
  /** What the last of them threw. */
  reason?: unknown;
}

export interface LoopOptions {
  /** For the log. */
  name: string;
  /** Milliseconds between two rounds that found nothing. */
  everyMs: number;
  /** Milliseconds from trigger() to its round, so that many calls make one round. */
  delayMs?: number;
  /** Called until it resolves once; before that there is no round. */
  ready(): Promise<unknown>;
  /** One round. Must be safe to run in several processes. */
  round(): Promise<Round>;
}

/** The longest pause between two rounds that fail, in milliseconds: what waits is done soon after the fault has gone. */
const LONGEST_MS = 2_000;

/** What a piece of work that failed waits before it is due again, in seconds: doubling from `attempts` on, up to `longest`, less a random part. */
export const backOff = (attempts: string, longest: number): string =>
  `least(${longest}, 0.2 * 2 ^ least(${attempts}, 9)) * (0.5 + random() / 2) * interval '1 s'`;

/**
 * Background work in rounds, every `everyMs` or at once after trigger(). While all of a round fails, the next ones come later
 * and later, triggered or not. The log has one line when work begins to fail and one when it succeeds again.
 */
export function createLoop({ name, everyMs, delayMs = 0, ready, round }: LoopOptions) {
  let stopped = false;
  let wake = () => undefined as void;
  let triggered = false;
  let running: Promise<void> | undefined;
  /** Rounds in succession in which nothing succeeded. */
  let inVain = 0;
  let failing = false;

  async function run(): Promise<void> {
    let isReady = false;
    while (!stopped) {
      isReady ||= await ready().then(
        () => true,
        () => false,
      );
      triggered = false;
      const { more, done, failed, reason } = isReady ? await round().catch(asFailed) : NOTHING;
      say({ done, failed, reason });
      inVain = failed > 0 && done === 0 ? inVain + 1 : 0;
      if (inVain > 0) await pauseInVain();
      else if (!more) await pauseIdle();
    }
  }

  async function pauseIdle(): Promise<void> {
    if (!triggered && !stopped) await pause(everyMs);
    if (triggered && !stopped) await pause(delayMs);
  }

  /** A random half of it, so that processes that failed together do not come back together. */
  async function pauseInVain(): Promise<void> {
    const until = performance.now() + Math.min(LONGEST_MS, 250 * 2 ** Math.min(inVain, 9)) * (0.5 + Math.random() / 2);
    while (!stopped && performance.now() < until) await pause(until - performance.now());
  }

  function say({ done, failed, reason }: Omit<Round, 'more'>): void {
    if (failed > 0 && !failing) log().warn({ reason, failed }, `${name}: work fails, and is tried again`);
    if (failed === 0 && done > 0 && failing) log().info(`${name}: works again`);
    failing = failed > 0 || (failing && done === 0);
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

const NOTHING: Round = { more: false, done: 0, failed: 0 };
const asFailed = (reason: unknown): Round => ({ ...NOTHING, failed: 1, reason });
