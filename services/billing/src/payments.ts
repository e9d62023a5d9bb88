export type Payments = ReturnType<typeof createPayments>;

/** The payments that are under way: a process that stops waits for each outcome, even without a caller. */
export function createPayments() {
  const running = new Set<Promise<unknown>>();
  return {
    start: () => undefined,
    stop: async () => void (await Promise.allSettled(running)),
    /** Does `work`, and counts it as under way until it ends. */
    track<T>(work: () => Promise<T>): Promise<T> {
      const promise = work();
      running.add(promise);
      const forget = () => void running.delete(promise);
      promise.then(forget, forget);
      return promise;
    },
  };
}
