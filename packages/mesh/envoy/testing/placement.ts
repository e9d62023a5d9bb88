import { AS_WRITTEN, type Placement } from '../placement.ts';

/** A pod whose every port is moved up by 20000, as on a laptop where others have them. */
export const moved: Placement = {
  ...AS_WRITTEN,
  inbound: (port) => ({ host: '127.0.0.1', port: port + 20_000 }),
  gateway: (port) => ({ host: '127.0.0.1', port: port + 20_000 }),
};
