import { AS_WRITTEN, type Placement } from '../placement.ts';

/** A pod whose ports are 20000 higher, as on a laptop where the original ports are taken. */
export const moved: Placement = {
  ...AS_WRITTEN,
  inbound: (port) => ({ host: '127.0.0.1', port: port + 20_000 }),
  gateway: (port) => ({ host: '127.0.0.1', port: port + 20_000 }),
};
