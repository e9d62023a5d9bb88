import type { RequestHandler } from 'express';
import { log } from './log.ts';
import { routeOf, statusOf } from './route-template.ts';

/** Logs one line for each request: method, route template, status and time. It contains no header, body, query or path value. */
export const accessLog: RequestHandler = (req, res, next) => {
  const start = performance.now();
  res.once('close', () => {
    log().info(
      {
        method: req.method,
        route: routeOf(req),
        status: statusOf(res),
        ms: Math.round((performance.now() - start) * 10) / 10,
      },
      'request',
    );
  });
  next();
};
