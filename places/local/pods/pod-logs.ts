import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of pods' logs: a pod's own is `<logs>/<pod>`. */
export interface PodLogs {
  /** A pod is new: what a pod of its name has left is not its own. */
  begin(pod: string): void;
  /** A pod is gone. */
  gone(pod: string): void;
}

/** The logs of so many pods that have ended stay, to be read in the folder. A kubelet removes them with the pod. */
const KEPT = 10;

/** Removes the logs of pods in a folder some time after the pods. What cannot be removed stays until the next start. */
export function createPodLogs(folder: string): PodLogs {
  let ended: string[] = [];

  function drop(pod: string): void {
    try {
      rmSync(join(folder, pod), { recursive: true, force: true });
    } catch {
      // The next start removes all.
    }
  }

  return {
    begin(pod) {
      if (ended.includes(pod)) drop(pod);
      ended = ended.filter((name) => name !== pod);
    },
    gone(pod) {
      ended.push(pod);
      if (ended.length > KEPT) drop(ended.shift()!);
    },
  };
}
