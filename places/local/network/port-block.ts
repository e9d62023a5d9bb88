import { isFree, releasePort, reserve } from './ports.ts';

/** The loopback ports of one pod, handed out without waiting. */
export interface PortBlock {
  /** A port that the pod has not used yet. */
  take(): number;
  /** Gives all of them back, once the pod is gone. */
  release(): void;
}

/** More than our largest pod needs: its app's ports and their sidecar's, its statistics, and one for each port that Services have. */
export const BLOCK = 24;
const FIRST = 20_000;
const BLOCKS = 500;

/**
 * Neighbouring ports that are all free now. Every runner of a machine cuts the range in the same places, and one listening
 * port is enough to show that a block is taken: so the rest of it is free later as well, when a new Service needs a listener.
 */
export async function allocateBlock(): Promise<PortBlock> {
  for (let tries = 0; tries < 1_000; tries++) {
    const first = FIRST + BLOCK * Math.floor(Math.random() * BLOCKS);
    const ports = Array.from({ length: BLOCK }, (_, index) => first + index);
    if (!reserve(ports)) continue;
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
