import { SIDECAR } from '../envoys/proxy.ts';
import type { ContainerState } from './container-restarts.ts';
import type { Pod } from './pod.ts';

/** A sentence for each container of a pod that waits because something has failed: which one, its reason, and how its last run ended. */
export function troublesOf(pod: Pod): string[] {
  if (pod.reason === 'Terminating') return [];
  const { name, namespace, sidecar } = pod;
  const where = `Pod ${namespace}/${name}`;
  return [troubleOf(pod, where), sidecar && troubleOf(sidecar, `${SIDECAR.name} of ${where}`)].flatMap(
    (sentence) => sentence ?? [],
  );
}

function troubleOf({ reason, message, last }: ContainerState, where: string): string | undefined {
  if (message === undefined) return undefined;
  const ended = reason === 'CrashLoopBackOff' && last ? `; its last run ended with exit code ${last.exitCode}` : '';
  return `${where}: ${reason}: ${message}${ended}`;
}
