import type { RequestHandler, Response } from 'express';
import type { ServiceConfig } from './config.ts';
import type { ServedBy } from './contract/hop.ts';
import { hops, peer } from './request-context.ts';

let self: Pick<ServiceConfig, 'name' | 'version' | 'pod'> = { name: 'unknown', version: 'v1', pod: 'unknown' };

/** Sets the name, version and pod in servedBy(); called once by createService. */
export function setIdentity(config: Pick<ServiceConfig, 'name' | 'version' | 'pod'>): void {
  self = config;
}

/** This process, and the caller of the current request. */
export function servedBy(): ServedBy {
  return { service: self.name, version: self.version, pod: self.pod, peer: peer() };
}

/** Answers with JSON that carries the evidence. */
export function answer(res: Response, status: number, body: Record<string, unknown>): void {
  res.status(status).json({ ...body, servedBy: servedBy() });
}

/** Writes Server-Timing, which browsers show: this service's own time and that of each call it waited for. */
export const serverTiming: RequestHandler = (_req, res, next) => {
  const start = performance.now();
  const writeHead = res.writeHead;
  res.writeHead = function timedWriteHead(this: Response, ...rest: unknown[]) {
    const own = `${self.name};desc="${self.name} ${self.version}";dur=${(performance.now() - start).toFixed(1)}`;
    const calls = hops().map((hop) => `${hop.service};desc="${hop.service} ${hop.version}";dur=${hop.ms.toFixed(1)}`);
    if (!res.headersSent) res.setHeader('Server-Timing', [own, ...calls].join(', '));
    return Reflect.apply(writeHead, this, rest);
  } as Response['writeHead'];
  next();
};
