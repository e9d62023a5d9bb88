import { CELL, releasePort, takeCell } from './ports.ts';

/** The loopback ports of one pod's Envoy. */
export interface PortBlock {
  /** The next unused port. Throws one sentence when all are used. */
  take(): number;
  /** Frees all of them for other pods, once this pod has ended. */
  release(): void;
}

/**
 * A block of ports for the inbound ports of a pod's sidecar, its statistics, and the ports of all Services. The whole block
 * stays free for its pod: a Service that comes later needs a listener too. Throws one sentence when no block is free.
 */
export async function allocateBlock(): Promise<PortBlock> {
  const ports = await takeCell();
  const left = [...ports];
  return {
    take() {
      const port = left.shift();
      if (port === undefined)
        throw new Error(`A pod needs more than ${CELL} ports: its cluster has too many Services.`);
      return port;
    },
    release: () => releasePort(ports[0]!),
  };
}
