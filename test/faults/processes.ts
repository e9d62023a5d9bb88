import { fileURLToPath } from 'node:url';
import { query } from '../../places/query.ts';
import type { Place } from '../../places/place.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { runService } from '../support/service-process.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

const DATABASES = ['checkout', 'billing', 'bank', 'recommendations'] as const;

/** A connection from a service to something that it depends on. */
export const LINKS = [
  'checkout → billing',
  'checkout → recommendations',
  'checkout → PostgreSQL',
  'billing → PostgreSQL',
  'billing → bank',
  'recommendations → PostgreSQL',
] as const;
export type Link = (typeof LINKS)[number];

type Running = ReturnType<typeof runService>;

/** Three services as processes without a mesh, with a proxy on each of their connections. */
export interface Services extends AsyncDisposable {
  /** Checkout's URL. */
  url: string;
  links: Record<Link, FaultProxy>;
  /** Sends SIGTERM to all of them; gives for each the milliseconds to its end, and its exit code. */
  terminate(): Promise<{ service: string; ms: number; code: number | null }[]>;
  sql: Place['sql'];
}

/** Starts them on new databases, and waits until all are ready. */
export async function startServices(): Promise<Services> {
  const stack = new AsyncDisposableStack();
  const databases = new Map<string, FreshDatabase>();
  for (const name of DATABASES) databases.set(name, stack.use(await freshDatabase()));
  const links = {} as Record<Link, FaultProxy>;
  const running = new Map<string, Running>();

  async function proxied(link: Link, url: string): Promise<string> {
    const target = new URL(url);
    links[link] = stack.use(await startFaultProxy(Number(target.port)));
    target.port = `${links[link].port}`;
    return target.href.replace(/\/$/, '');
  }
  const database = (link: Link, name: string) => proxied(link, databases.get(name)!.url);

  async function start(service: string, env: Record<string, string>): Promise<string> {
    const main = fileURLToPath(new URL(`../../services/${service}/src/main.ts`, import.meta.url));
    const process = runService(main, { SERVICE_NAME: service, PORT: '0', ...env });
    running.set(service, process);
    stack.defer(() => void process.child.kill('SIGKILL'));
    const url = await process.url();
    await eventually(async () => (await fetch(`${url}/readyz`)).ok, 30_000);
    return url;
  }

  const recommendations = await start('recommendations', {
    DATABASE_URL: await database('recommendations → PostgreSQL', 'recommendations'),
  });
  const billing = await start('billing', {
    DATABASE_URL: await database('billing → PostgreSQL', 'billing'),
    BANK_DATABASE_URL: await database('billing → bank', 'bank'),
  });
  const url = await start('checkout', {
    DATABASE_URL: await database('checkout → PostgreSQL', 'checkout'),
    BILLING_URL: await proxied('checkout → billing', billing),
    RECOMMENDATIONS_URL: await proxied('checkout → recommendations', recommendations),
  });

  async function terminate() {
    const start = performance.now();
    const ends = [...running].map(async ([service, { child, exit }]) => {
      child.kill('SIGTERM');
      const [code] = (await exit) as [number | null];
      return { service, ms: performance.now() - start, code };
    });
    return Promise.all(ends);
  }
  return {
    url,
    links,
    terminate,
    sql: (name, text, values = []) => query(databases.get(name)!.url, [{ text, values }]),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
