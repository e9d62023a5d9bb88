import type { Request } from 'express';

/** The template of a request's route, e.g. `/orders/:id`; `unmatched` where there is none. Never the path itself, which contains customers' ids. */
export function routeOf(req: Request): string {
  const route = req.route as { path?: string } | undefined;
  return route?.path ? `${req.baseUrl}${route.path}` : 'unmatched';
}
