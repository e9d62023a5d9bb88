import type { RunningMesh } from './envoys/start-mesh.ts';
import type { Faults } from './faults.ts';
import type { Network } from './network/network.ts';

export interface PublisherOptions {
  /** Undefined without a mesh. */
  mesh(): RunningMesh | undefined;
  network: Network;
  faults: Faults;
}

const RETRY_MS = 200;

/**
 * Gives the function that tells the Envoys and the pods' processes where the ready pods are. It never throws: what fails (on a
 * full disk, a file) is a fault, the others go on with what they have, and it is tried again until it succeeds.
 */
export function createPublisher({ mesh, network, faults }: PublisherOptions): () => void {
  let again: NodeJS.Timeout | undefined;

  function attempt(work: string, what: () => void): boolean {
    try {
      what();
      faults.clear(work);
      return true;
    } catch (error) {
      faults.note(work, error);
      return false;
    }
  }

  return function publish(): void {
    clearTimeout(again);
    const done = [
      attempt('Sending the pods to the Envoys', () => mesh()?.publish()),
      attempt('Writing the files of the network', () => network.write()),
    ];
    if (!done.every(Boolean)) again = setTimeout(publish, RETRY_MS).unref();
  };
}
