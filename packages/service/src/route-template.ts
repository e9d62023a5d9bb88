import type { Request } from 'express';

/** The template of the route that took a request, e.g. `/orders/:id`; `unmatched` where none did. Never the path itself, which names customers' things. */
export function routeOf(req: Request): string {
  const route = req.route as { path?: string } | undefined;
  return route?.path ? `${req.baseUrl}${route.path}` : 'unmatched';
}
