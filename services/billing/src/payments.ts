import type { Background } from '@tuesday/service';

/** The payments that are under way, so that a process which stops writes the outcome of each, also where the caller has gone. */
export interface Payments extends Background {
  /** Does `work`, and counts it as under way until it ends. */
  track<T>(work: () => Promise<T>): Promise<T>;
}

/** Nothing is started by it; `stop` resolves when everything under way has ended. */
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
