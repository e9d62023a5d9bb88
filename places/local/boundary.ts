import { AsyncLocalStorage } from 'node:async_hooks';
import { types } from 'node:util';

/** Takes what was thrown; throws nothing itself. */
export type FaultListener = (error: Error) => void;

const owner = new AsyncLocalStorage<FaultListener | undefined>();

/**
 * Runs work inside a boundary. Whatever it, or a timer, event or promise that it begins, throws without a catch goes to
 * `onFault`, as long as `catchFaults` is on. Gives what the work gives, and throws what it throws at once.
 */
export function runInside<T>(onFault: FaultListener, work: () => T): T {
  return owner.run(onFault, work);
}

/** Runs work outside every boundary: what it throws later is not a fault of the pod whose change has caused it. */
export function runOutside<T>(work: () => T): T {
  return owner.run(undefined, work);
}

/**
 * From now on nothing that is thrown without a catch ends this process: it goes to the boundary that it comes from, or else
 * to `onFault`. Gives the function that ends this.
 */
export function catchFaults(onFault: FaultListener): () => void {
  const take = (thrown: unknown) => (owner.getStore() ?? onFault)(errorOf(thrown));
  // A rejection that is handled nowhere comes here too.
  process.on('uncaughtException', take);
  return () => void process.off('uncaughtException', take);
}

/** What was thrown, as an Error. */
export function errorOf(thrown: unknown): Error {
  return types.isNativeError(thrown) ? thrown : new Error(String(thrown));
}
