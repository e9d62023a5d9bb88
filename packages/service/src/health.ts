import type { RequestHandler } from 'express';

/** The probes of a process. */
export interface Health {
  liveness: RequestHandler;
  readiness: RequestHandler;
  /** Makes readiness answer 503 from now on, so that callers choose another pod. */
  drain(): void;
}

/**
 * Liveness says that the process runs. It does not check the database, because a restart would not repair it. Readiness
 * waits for `ready`, for at most a second.
 */
export function createHealth(ready: () => Promise<unknown>): Health {
  let leaving = false;
  return {
    liveness: (_req, res) => void res.type('text/plain').send('ok'),
    readiness: async function readiness(_req, res) {
      const reason = leaving ? 'leaving' : await notReadyReason(ready);
      res
        .status(reason ? 503 : 200)
        .type('text/plain')
        .send(reason ?? 'ready');
    },
    drain: () => void (leaving = true),
  };
}

async function notReadyReason(ready: () => Promise<unknown>): Promise<string | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve('a dependency did not answer within a second'), 1_000);
  try {
    return await Promise.race([ready().then(() => undefined), late]);
  } catch {
    return 'a dependency is not available';
  } finally {
    clearTimeout(timer);
  }
}
