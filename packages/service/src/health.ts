import type { RequestHandler } from 'express';
import { Problem } from './errors.ts';
import { orLate } from './or-late.ts';

/**
 * The probes of a process. Liveness says that the process runs. It does not check the database, because a restart would not
 * repair it. Readiness waits for `ready`, for at most a second, and says which dependency is missing, where `ready` throws a Problem.
 */
export function createHealth(ready: () => Promise<unknown>) {
  let leaving = false;
  const liveness: RequestHandler = (_req, res) => void res.type('text/plain').send('ok');
  const readiness: RequestHandler = async (_req, res) => {
    const reason = leaving ? 'leaving' : await notReadyReason(ready);
    res.status(reason ? 503 : 200).type('text/plain');
    res.send(reason ?? 'ready');
  };
  /** From now on readiness answers 503, so that callers choose another pod. */
  const drain = () => void (leaving = true);
  return { liveness, readiness, drain };
}

async function notReadyReason(ready: () => Promise<unknown>): Promise<string | undefined> {
  try {
    const isReady = ready().then(() => undefined);
    return await orLate(isReady, 1_000, () => 'a dependency did not answer within a second');
  } catch (error) {
    return error instanceof Problem ? error.message : 'a dependency is not available';
  }
}
