import type { ServerResponse } from 'node:http';
import type { Request } from 'express';

/** The template of a request's route, e.g. `/orders/:id`; `unmatched` where there is none. Never the path itself, which contains customers' ids. */
export function routeOf(req: Request): string {
  const route = req.route as { path?: string } | undefined;
  return route?.path ? `${req.baseUrl}${route.path}` : 'unmatched';
}

/** The status of an answer when its connection is closed or free again: 499, as nginx has it, where the client left before the answer. */
export function statusOf(res: Pick<ServerResponse, 'writableEnded' | 'statusCode'>): number {
  return res.writableEnded ? res.statusCode : 499;
}
