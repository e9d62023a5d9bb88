import { expect, test } from '@jest/globals';
import { Agent, type Server, createServer, request } from 'node:http';
import { configureLogger } from './log.ts';
import { shutDown, trackResponses } from './shutdown.ts';

const quick = { pause: 10, linger: 60, limit: 5_000, background: 100, clients: 100, flush: 50 };
const nothing = async () => undefined;

/** A server whose answers take a few milliseconds, so that some are always being worked on. */
async function startServer(): Promise<{ server: Server; port: number }> {
  const server = createServer({ keepAliveTimeout: 75_000 }, (req, res) => {
    req.resume();
    setTimeout(() => res.end('ok'), 3);
  });
  trackResponses(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as { port: number }).port };
}

/** Keeps posting over one kept-alive connection until the server no longer takes connections; gives how it was cut, if it was. */
async function client(port: number, onAnswer: () => void): Promise<string | undefined> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (;;) {
    const failure = await post(port, agent);
    if (!failure) onAnswer();
    if (failure === 'ECONNREFUSED') return undefined;
    if (failure) return failure;
  }
}

function post(port: number, agent: Agent): Promise<string | undefined> {
  return new Promise((resolve) => {
    const sent = request({ agent, host: '127.0.0.1', port, method: 'POST' }, (answer) => {
      answer.resume();
      answer.once('end', () => setImmediate(resolve, undefined));
    });
    sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.end('x');
  });
}

async function drain(stop: (server: Server) => Promise<void>): Promise<string[]> {
  const { server, port } = await startServer();
  // A connection that the server has not even taken yet is the kernel's to cut: each client is answered first.
  const clients = Array.from({ length: 40 }, () => {
    const { promise: answered, resolve } = Promise.withResolvers<void>();
    return { answered, end: client(port, resolve) };
  });
  await Promise.all(clients.map(({ answered }) => answered));
  await stop(server);
  const ends = await Promise.all(clients.map(({ end }) => end));
  return ends.filter((end) => end !== undefined);
}

const orderly = (server: Server) =>
  shutDown({ drain: () => undefined, server, background: nothing, clients: nothing, flush: nothing }, quick);

test('When 40 clients keep posting while the server stops, 25 times, then none of the 1,000 is cut off', async () => {
  const cut: string[] = [];
  for (let round = 0; round < 25; round++) cut.push(...(await drain(orderly)));
  expect(cut).toEqual([]);
});

test('When the server closes without lingering, then clients are cut off: the test above can fail', async () => {
  const cut: string[] = [];
  for (let round = 0; round < 5; round++)
    cut.push(
      ...(await drain(async (server) => {
        const closed = new Promise((resolve) => server.close(resolve));
        setTimeout(() => server.closeAllConnections(), 5);
        await closed;
      })),
    );
  expect(cut.length).toBeGreaterThan(0);
});

test('When a service stops, then readiness fails first, and background, clients and spans end in this order once the server is closed', async () => {
  const { server, port } = await startServer();
  const order: string[] = [];
  const note = (what: string) => async () => void order.push(`${what}, ${server.listening ? 'open' : 'closed'}`);
  await shutDown(
    {
      drain: () => void order.push('leave'),
      server,
      background: note('background'),
      clients: note('clients'),
      flush: note('flush'),
    },
    quick,
  );
  expect(order).toEqual(['leave', 'background, closed', 'clients, closed', 'flush, closed']);
  expect(await post(port, new Agent())).toBe('ECONNREFUSED');
});

test('When background work, clients and spans hang, then stopping does not wait for them, and each is logged', async () => {
  const { server } = await startServer();
  const lines: string[] = [];
  configureLogger({ service: 's', version: 'v1', pod: 'p' }, { write: (line) => void lines.push(line) });
  const start = performance.now();
  const never = () => new Promise<void>(() => undefined);
  await shutDown({ drain: () => undefined, server, background: never, clients: never, flush: never }, quick);
  expect(performance.now() - start).toBeLessThan(2_000);
  expect(lines.map((line) => (JSON.parse(line) as { what: string }).what)).toEqual([
    'background work',
    'clients',
    'the last spans',
  ]);
});
