import { type RequestHandler, type Response, Router } from 'express';
import type { z } from 'zod';
import type { Operation } from './operation.ts';
import { Problem } from '../errors.ts';
import { jsonBody, validate } from './validate.ts';

/** The checked parts of a request: headers, query, params and body, those that the operation has a schema for. */
export type Input<O extends Operation> = O extends { request: infer Parts }
  ? { [Part in keyof Parts]: Parts[Part] extends z.ZodType ? z.output<Parts[Part]> : never }
  : object;

/** Handles a request that its operation's schemas accept; it answers with `res`, or throws a Problem. */
export type Handler<O extends Operation> = (input: Input<O>, res: Response) => void | Promise<void>;

/** A route of a service. */
export interface Route {
  method: 'get' | 'post';
  /** In express's form, e.g. `/orders/:id`. */
  path: string;
  handlers: RequestHandler[];
  /** Its entry in the contract; missing for a route that is no API, such as a page. */
  operation?: Operation;
}

/**
 * Serves an operation of the contract. The operation's schemas are the validation: `handler` gets their output, and is not
 * called for a request that they reject (validate.ts).
 */
export function route<O extends Operation>(operation: O, handler: Handler<O>): Route {
  const { method, path, request } = operation;
  const checked: RequestHandler = (req, res) => handler(validate(operation, req) as Input<O>, res);
  return {
    method,
    path: path.replace(/\{(\w+)\}/g, ':$1'),
    handlers: request?.body ? [jsonBody, checked] : [checked],
    operation,
  };
}

/** A GET route that is not part of the contract, such as a file of a page. */
export function plainRoute(path: string, handler: RequestHandler): Route {
  return { method: 'get', path, handlers: [handler] };
}

/** The routes as express takes them. Another method than those of a path is 405, with the header Allow. */
export function toRouter(routes: Pick<Route, 'method' | 'path' | 'handlers'>[]): Router {
  const router = Router();
  for (const { method, path, handlers } of routes) router[method](path, ...handlers);
  for (const [path, same] of Map.groupBy(routes, (one) => one.path))
    router.all(path, onlyMethods(same.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : ['POST']))));
  return router;
}

const onlyMethods =
  (allowed: string[]): RequestHandler =>
  ({ method }, _res, next) =>
    // The handler of an allowed method may have found nothing, such as a page without that file.
    next(
      allowed.includes(method)
        ? undefined
        : new Problem('method-not-allowed', { headers: { allow: allowed.join(', ') } }),
    );
