import type pg from 'pg';
import { isUnavailable } from './availability.ts';
import { Problem } from '../errors.ts';
import { orLate } from '../or-late.ts';
import { remainingMs } from '../request-context.ts';

/** Milliseconds that making a connection may take, and waiting for one. */
export const CONNECT_MS = 2_000;

/** Milliseconds that one statement may take: longer than the server's own statement_timeout, which a frozen server does not keep. */
const STATEMENT_MS = 6_000;

/** Connections that are lost, or on which a statement was given up and may still be running: nothing else may be sent on them. */
const unfit = new WeakSet<pg.PoolClient>();

/** For how many milliseconds connections of a pool are held, on average; of late ones more. */
const heldMs = new WeakMap<pg.Pool, number>();

/** How much one more connection changes the average. */
const WEIGHT = 0.1;

/**
 * Does `work` on one connection, after waiting for one, and gives it back. Throws Problem overloaded at once where the wait
 * would be longer than the request's budget, deadline-exceeded when the budget is spent, and database-unavailable where
 * there is no connection within CONNECT_MS.
 */
export async function onConnection<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  if (expectedWaitMs(pool) > Math.max(0, remainingMs())) throw new Problem('overloaded');
  const client = await connectionOf(pool);
  const start = performance.now();
  try {
    return await work(client);
  } finally {
    const before = heldMs.get(pool) ?? 0;
    heldMs.set(pool, before + WEIGHT * (performance.now() - start - before));
    client.release(unfit.has(client));
  }
}

/** How long the last of the queue will wait. With an empty queue that is nothing, so that there is always work to measure. */
const expectedWaitMs = (pool: pg.Pool) => (pool.waitingCount * (heldMs.get(pool) ?? 0)) / pool.options.max;

async function connectionOf(pool: pg.Pool): Promise<pg.PoolClient> {
  const connecting = pool.connect();
  try {
    return await orLate(connecting, limitOf(CONNECT_MS), () => {
      throw new Problem('database-unavailable');
    });
  } catch (error) {
    // One that comes later is of no use any more.
    connecting.then(
      (client) => client.release(),
      () => undefined,
    );
    throw rethrow(error);
  }
}

/**
 * Sends a statement, with the milliseconds that are left for it. Throws Problem deadline-exceeded where there are none; a
 * connection that is lost, or whose statement was given up, is not used again.
 */
export async function withinBudget<T>(client: pg.PoolClient, send: (limitMs: number) => Promise<T>): Promise<T> {
  if (remainingMs() <= 0) throw new Problem('deadline-exceeded');
  if (unfit.has(client)) throw new Problem('database-unavailable');
  return send(limitOf(STATEMENT_MS)).catch((error: unknown) => {
    if (isUnavailable(error)) unfit.add(client);
    throw error;
  });
}

/** Whole milliseconds, so that the budget is spent when they have passed. */
const limitOf = (mostMs: number) => Math.ceil(Math.max(1, Math.min(mostMs, remainingMs()))) + 1;

/**
 * Turns what has failed for want of time into Problem deadline-exceeded (504) and an unavailable database into
 * database-unavailable (503); every other error is a defect (500) and stays.
 */
export function rethrow(error: unknown): never {
  if (error instanceof Problem && remainingMs() > 0) throw error;
  if (remainingMs() <= 0) throw new Problem('deadline-exceeded', { cause: error });
  if (!isUnavailable(error)) throw error;
  throw new Problem('database-unavailable', { cause: error });
}
