import type { FindPod } from './ingress.ts';
import type { Pod } from '../pods/pod.ts';

/** Finds a pod for the ingress: a random one of those in a namespace that are ready at the moment of the call. */
export function podFinder(namespace: string, pods: () => Pod[]): FindPod {
  return (app, version) => {
    const ready = pods().filter(
      ({ ready, namespace: its, labels }) =>
        ready && its === namespace && labels['app'] === app && (!version || labels['version'] === version),
    );
    return ready[Math.floor(Math.random() * ready.length)]?.ports.values().next().value;
  };
}
