import { flushCompileCache } from 'node:module';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { accessLog } from './access-log.ts';
import type { ServiceConfig } from './config.ts';
import { answerClientErrors } from './client-errors.ts';
import { wellFormedAddress } from './contract/address.ts';
import { openApiRoute } from './contract/operation.ts';
import { notFound, problemHandler } from './errors.ts';
import { setIdentity, serverTiming } from './evidence.ts';
import { createHealth } from './health.ts';
import { log, configureLogger } from './log.ts';
import { type Gauge, createMetrics } from './metrics.ts';
import { requestContext } from './request-context.ts';
import { type Route, plainRoute, toRouter } from './contract/route.ts';
import { shutDown, trackResponses } from './shutdown.ts';
import { tracing } from './tracing/current.ts';

// Not imported, because an import of node:http makes Node load undici: decision 17.
const { createServer } = process.getBuiltinModule('node:http');

/** Work beside the requests, such as the outbox. */
export interface Background {
  start(): void;
  /** Ends after the present piece of work. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  config: ServiceConfig;
  /** All routes of the service; `/openapi.json` lists those with an operation. */
  routes: Route[];
  /** Rejects while the service cannot work. */
  ready(): Promise<unknown>;
  background?: Background[];
  /** Metrics of its own, beside those that every service has. */
  gauges?: Gauge[];
  /** Closes clients, after the last request and the background work. */
  stop?(): Promise<void>;
}

export interface Service {
  /** The application, for tests that need no port. */
  app: Express;
  /** Listens, starts the background work, and stops on SIGTERM or SIGINT; a second signal exits 1. Gives the port. */
  start(): Promise<{ port: number }>;
  /** Stops in the order of shutdown.ts, without ending the process. */
  stop(): Promise<void>;
}

const [overHttps, overHttp] = [helmet(), helmet({ strictTransportSecurity: false })];

/** Only an answer over https may ask browsers to stay with it (RFC 6797, 7.2). The gateway says which it is. */
const securityHeaders: RequestHandler = (req, res, next) =>
  (req.get('x-forwarded-proto') === 'https' ? overHttps : overHttp)(req, res, next);

/** Makes a service of its routes, with health, metrics, logs, traces, evidence, errors and a graceful shutdown. */
export function createService(options: ServiceOptions): Service {
  const { config, routes, ready, background = [], gauges = [], stop: closeClients } = options;
  setIdentity(config);
  const health = createHealth(ready);
  const metrics = createMetrics({ ...config, gauges });
  const app = express().disable('x-powered-by').disable('etag');
  const operations = routes.flatMap(({ operation }) => operation ?? []);
  const { middleware: traced } = tracing();

  const plain = [plainRoute('/healthz', health.liveness), plainRoute('/readyz', health.readiness)];
  app.use(toRouter([...plain, plainRoute('/metrics', metrics.scrape)]));
  if (traced) app.use(traced);
  app.use(securityHeaders, requestContext, accessLog, metrics.record, serverTiming, wellFormedAddress);
  const document = plainRoute('/openapi.json', openApiRoute(operations, config));
  app.use(toRouter([document, ...routes]), notFound, problemHandler);

  // Longer than any proxy keeps an idle connection, so that the proxy closes it first and never sends on a closed one.
  const server = createServer({ keepAliveTimeout: 75_000 }, app);
  trackResponses(server);
  answerClientErrors(server, metrics.refuse);

  async function stop(): Promise<void> {
    await shutDown({
      drain: health.drain,
      server,
      background: async () => void (await Promise.all(background.map((work) => work.stop()))),
      clients: async () => closeClients?.(),
      flush: () => tracing().flush(),
    });
  }

  async function start(): Promise<{ port: number }> {
    configureLogger({ service: config.name, version: config.version, pod: config.pod });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(config.port, resolve));
    for (const work of background) work.start();
    stopOnSignal(stop);
    const { port } = server.address() as { port: number };
    log().info({ port }, 'listening');
    flushCompileCache(); // otherwise written only at a normal exit
    return { port };
  }

  return { app, start, stop };
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      log().info({ signal }, 'stopping');
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log().error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }
}
