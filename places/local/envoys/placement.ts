import type { Address, Placement } from '@tuesday/mesh/envoy';

export interface PlacementOptions {
  /** Container port → the loopback port on which the app really listens. */
  ports: Map<number, number>;
  /** Takes one more loopback port for the pod. */
  take(): number;
  /** Path of Envoy's admin socket. */
  adminSocket: string;
  /** As in Placement. */
  serviceAddress: Placement['serviceAddress'];
}

/** A placement whose ports can be drawn anew. */
export interface LocalPlacement extends Placement {
  /** Another placement, in which the listener at this port gets another one; undefined where no listener has it. */
  without(port: number): LocalPlacement | undefined;
}

/** The placement of one local pod: all addresses are on 127.0.0.1. A port is taken at its first use and kept while the pod exists. */
export function createPlacement({ ports, take, adminSocket, serviceAddress }: PlacementOptions): LocalPlacement {
  const taken = new Map<string, Address>();

  function portFor(what: string): Address {
    const known = taken.get(what) ?? loopback(take());
    taken.set(what, known);
    return known;
  }

  // A port that no container declares is not moved: the app really listens there.
  const app = (port: number) => loopback(ports.get(port) ?? port);

  function without(port: number): LocalPlacement | undefined {
    const what = [...taken].find(([, address]) => address.port === port)?.[0];
    const inside = [...ports].find(([, outside]) => outside === port)?.[0];
    if (what === undefined && inside === undefined) return undefined;
    if (what !== undefined) taken.delete(what);
    else if (inside !== undefined) ports.set(inside, take());
    return present();
  }

  const present = (): LocalPlacement => ({
    outboundHttp: (port) => portFor(`http ${port}`),
    outboundOwn: (fqdn, port) => portFor(`${fqdn} ${port}`),
    inbound: (port) => portFor(`inbound ${port}`),
    app,
    gateway: (port) => (ports.has(port) ? app(port) : portFor(`gateway ${port}`)),
    stats: portFor('stats'),
    adminSocket,
    serviceAddress,
    without,
  });
  return present();
}

const loopback = (port: number): Address => ({ host: '127.0.0.1', port });
