import type { Placement } from '../../packages/mesh/envoy/placement.ts';

/** Where things are in a pod of a cluster: what is rendered shows the numbers that the manifests say. A running shop gives each pod loopback ports of its own. */
export const AS_WRITTEN: Placement = {
  outboundHttp: (port) => ({ host: '0.0.0.0', port }),
  outboundTcp: (fqdn, port) => ({ host: fqdn, port }),
  inbound: (port) => ({ host: '0.0.0.0', port }),
  app: (port) => ({ host: '127.0.0.1', port }),
  gateway: (port) => ({ host: '0.0.0.0', port }),
  stats: { host: '0.0.0.0', port: 15_090 },
  adminSocket: '/run/envoy/admin.sock',
};
