import type { Placement } from '../placement.ts';

/** A pod whose ports are all where its manifest says, as in a cluster. */
export const asWritten: Placement = {
  outboundHttp: (port) => ({ host: '0.0.0.0', port }),
  outboundTcp: (fqdn, port) => ({ host: fqdn, port }),
  inbound: (port) => ({ host: '0.0.0.0', port }),
  app: (port) => ({ host: '127.0.0.1', port }),
  gateway: (port) => ({ host: '0.0.0.0', port }),
  stats: { host: '0.0.0.0', port: 15090 },
  adminSocket: '/run/admin.sock',
};

/** A pod whose every port is moved up by 20000, as on a laptop where others have them. */
export const moved: Placement = {
  ...asWritten,
  inbound: (port) => ({ host: '127.0.0.1', port: port + 20_000 }),
  gateway: (port) => ({ host: '127.0.0.1', port: port + 20_000 }),
};
