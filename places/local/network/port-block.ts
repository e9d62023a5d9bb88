import { isFree, releasePort, reservePorts } from './ports.ts';

/** The loopback ports of one pod's Envoy. */
export interface PortBlock {
  /** The next unused port. Throws one sentence when all are used. */
  take(): number;
  /** Frees all of them for other pods, once this pod has ended. */
  release(): void;
}

/** Ports in a block: more than the sidecar of any pod of the shop needs for its inbound ports, its statistics, and the ports of all Services. */
export const BLOCK = 24;
const FIRST = 20_000;
const BLOCKS = 500;

/**
 * A block of neighbouring ports that are all free now. All runners of a machine divide the range in the same way, and one
 * listening port shows that a block is taken, so the whole block stays free for its pod: a Service that comes later needs
 * a listener too. Throws one sentence when 1,000 tries find no free block.
 */
export async function allocateBlock(): Promise<PortBlock> {
  for (let tries = 0; tries < 1_000; tries++) {
    const first = FIRST + BLOCK * Math.floor(Math.random() * BLOCKS);
    const ports = Array.from({ length: BLOCK }, (_, index) => first + index);
    if (!reservePorts(ports)) continue;
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return blockOf(ports);
    ports.forEach(releasePort);
  }
  throw new Error(`No ${BLOCK} free loopback ports in a row between ${FIRST} and ${FIRST + BLOCK * BLOCKS}.`);
}

function blockOf(ports: readonly number[]): PortBlock {
  const left = [...ports];
  return {
    take() {
      const port = left.shift();
      if (port === undefined)
        throw new Error(`A pod needs more than ${BLOCK} ports: its cluster has too many Services.`);
      return port;
    },
    release: () => ports.forEach(releasePort),
  };
}
