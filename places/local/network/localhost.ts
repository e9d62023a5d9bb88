import type { AddressInfo, Server } from 'node:net';
import { listen } from './ports.ts';

/** A machine without IPv6 says one of these. */
const NO_IPV6: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/**
 * Listens on a port of localhost, under both of its addresses: programs try ::1 first, and another program may hold the port
 * there. `serve` makes a server for each; port 0 takes one that is free on both. Throws one sentence when the port is taken.
 */
export async function openLocalhost<S extends Server>(
  serve: () => S,
  port: number,
): Promise<{ port: number; servers: S[] }> {
  const four = serve();
  await listen(four, port);
  const { port: chosen } = four.address() as AddressInfo;
  const six = serve();
  try {
    await listen(six, chosen, '::1');
    return { port: chosen, servers: [four, six] };
  } catch (error) {
    if (NO_IPV6.has((error as NodeJS.ErrnoException).code ?? '')) return { port: chosen, servers: [four] };
    four.close();
    if (port !== 0) throw error;
    return openLocalhost(serve, port);
  }
}
