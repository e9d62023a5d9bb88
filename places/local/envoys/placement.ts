import type { Address, Placement } from '@tuesday/mesh/envoy';

export interface PlacementOptions {
  /** Container port → the loopback port on which the app really listens. */
  ports: ReadonlyMap<number, number>;
  /** Takes one more loopback port for the pod. */
  take(): number;
  /** Path of Envoy's admin socket. */
  adminSocket: string;
}

/** The placement of one local pod: all addresses are on 127.0.0.1. A port is taken at its first use and kept while the pod exists. */
export function createPlacement({ ports, take, adminSocket }: PlacementOptions): Placement {
  const taken = new Map<string, Address>();

  function portFor(what: string): Address {
    const known = taken.get(what) ?? loopback(take());
    taken.set(what, known);
    return known;
  }

  // A port that no container declares is not moved: the app really listens there.
  const app = (port: number) => loopback(ports.get(port) ?? port);
  return {
    outboundHttp: (port) => portFor(`http ${port}`),
    outboundTcp: (fqdn, port) => portFor(`${fqdn} ${port}`),
    inbound: (port) => portFor(`inbound ${port}`),
    app,
    gateway: (port) => (ports.has(port) ? app(port) : portFor(`gateway ${port}`)),
    stats: portFor('stats'),
    adminSocket,
  };
}

const loopback = (port: number): Address => ({ host: '127.0.0.1', port });
