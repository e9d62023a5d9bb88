import { Problem } from '@tuesday/service';

/** Answers that the same request will get for ever: it is wrong in itself. 401, 403, 404 and 405 end when a policy or a release is mended. */
const PERMANENT = new Set([400, 413, 415, 422]);

/** A request that can never succeed: work in the background parks it instead of trying again. */
export class PermanentFailure extends Problem {
  constructor(detail: string) {
    super('upstream-failed', { detail });
  }
}

/** The failure of a service that answered with a status below 500 that was not expected. */
export function failureOf(service: string, status: number): Problem {
  const detail = `${service} answered ${status}.`;
  return PERMANENT.has(status) ? new PermanentFailure(detail) : new Problem('upstream-failed', { detail });
}
