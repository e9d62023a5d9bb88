import type { RequestHandler } from 'express';
import { log } from './log.ts';
import { routeOf } from './route-template.ts';

/** One line a request: what was asked, by its template, and how it went. No header, body, query or path value is in it. */
export const accessLog: RequestHandler = (req, res, next) => {
  const start = performance.now();
  res.once('close', () => {
    log().info(
      {
        method: req.method,
        route: routeOf(req),
        status: res.statusCode,
        ms: Math.round((performance.now() - start) * 10) / 10,
        aborted: !res.writableEnded || undefined,
      },
      'request',
    );
  });
  next();
};
