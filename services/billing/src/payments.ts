import type { Background } from '@tuesday/service';

/** The payments that are under way: a process that stops waits for each outcome, even without a caller. */
export interface Payments extends Background {
  /** Does `work`, and counts it as under way until it ends. */
  track<T>(work: () => Promise<T>): Promise<T>;
}

/** `start` does nothing; `stop` resolves when every payment under way has ended. */
export function createPayments(): Payments {
  const running = new Set<Promise<unknown>>();
  return {
    start: () => undefined,
    stop: async () => void (await Promise.allSettled(running)),
    track: function track(work) {
      const promise = work();
      running.add(promise);
      const forget = () => void running.delete(promise);
      promise.then(forget, forget);
      return promise;
    },
  };
}
