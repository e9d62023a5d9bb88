import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

/** What may happen to a dependency. */
export const FAULTS = ['frozen', 'killed', 'slow', 'refusing', 'resetting'] as const;
export type Fault = (typeof FAULTS)[number];

/** Milliseconds that a slow dependency needs for each piece of an answer. */
const SLOW_MS = 2_000;

/** A TCP proxy in front of a dependency, on a port of 127.0.0.1 that stays the same. */
export interface FaultProxy extends AsyncDisposable {
  port: number;
  /**
   * From now on: `frozen` takes connections and passes nothing on; `killed` resets all connections and refuses new ones;
   * `slow` gives each piece of an answer after 2 s; `refusing` refuses new connections and ends the others; `resetting`
   * resets each connection when something is sent. Undefined: it passes everything on.
   */
  set(fault: Fault | undefined): Promise<void>;
}

/** Starts one that passes everything on to `target` on 127.0.0.1. */
export async function startFaultProxy(target: number): Promise<FaultProxy> {
  const pairs = new Set<{ client: Socket; server: Socket }>();
  let fault: Fault | undefined;
  let listener: Server | undefined;

  function join(client: Socket): void {
    const server = connect(target, '127.0.0.1');
    const pair = { client, server };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', end).on('close', end).setNoDelay(true);
    client.on('data', (chunk) => {
      if (fault === 'resetting') client.resetAndDestroy();
      else server.write(chunk);
    });
    server.on('data', (chunk) => void setTimeout(() => client.write(chunk), fault === 'slow' ? SLOW_MS : 0));
    hold(pair);
  }

  /** A frozen process reads nothing; what was sent meanwhile arrives afterwards. */
  function hold({ client, server }: { client: Socket; server: Socket }): void {
    for (const socket of [client, server]) if (fault === 'frozen') socket.pause();
    for (const socket of [client, server]) if (fault !== 'frozen') socket.resume();
  }

  async function listen(port: number): Promise<number> {
    const opened = createServer(join);
    await new Promise<void>((resolve, reject) => opened.once('error', reject).listen(port, '127.0.0.1', resolve));
    listener = opened;
    return (opened.address() as AddressInfo).port;
  }

  const port = await listen(0);
  return {
    port,
    async set(next) {
      fault = next;
      const isOpen = next !== 'killed' && next !== 'refusing';
      if (!isOpen) listener?.close();
      if (!isOpen) listener = undefined;
      for (const pair of pairs) {
        if (next === 'killed' || next === 'resetting') pair.client.resetAndDestroy();
        else if (next === 'refusing') pair.client.end();
        hold(pair);
      }
      if (isOpen && !listener) await listen(port);
    },
    [Symbol.asyncDispose]: async () => {
      listener?.close();
      for (const { client, server } of pairs) for (const socket of [client, server]) socket.destroy();
    },
  };
}
