import type { Pod } from './pod.ts';

let last = 0;

/**
 * An address for a new pod, as the cluster's network would give it one; it means something inside pods only (capture.cjs).
 * Of 240.0.0.0/4, which nobody routes: a process outside asks nobody else by mistake. Services have theirs in 240.240.
 */
export function nextPodAddress(): string {
  last = (last + 1) % 0xffff;
  return `240.241.${last >> 8}.${last & 255}`;
}

/** A sidecar's own ports in plaintext: merged metrics, readiness and Envoy's metrics. Source: Istio's "Application requirements". */
const OPEN = [15_020, 15_021, 15_090];

/** What a pod's address leads to: its container ports, behind its Envoy where it has one, as loopback ports. */
export function doorsOf({ ports, proxy }: Pod): Record<number, number> {
  if (!proxy) return Object.fromEntries(ports);
  const { inbound, gateway, stats } = proxy.placement;
  const at = proxy.kind === 'gateway' ? gateway : inbound;
  const own = [...ports.keys()].map((port) => [port, at(port).port]);
  return Object.fromEntries([...own, ...OPEN.map((port) => [port, stats.port])]);
}
