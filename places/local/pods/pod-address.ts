let last = 0;

/**
 * The address of a new pod, as the cluster's network would give it. It has a meaning inside pods only
 * (network/capture.cjs). It is in 240.0.0.0/4, which no network routes, so a connection from outside a pod can reach
 * no other machine. Pods are in 240.241, Services in 240.240.
 */
export function nextPodAddress(): string {
  last = (last + 1) % 0xffff;
  return `240.241.${last >> 8}.${last & 255}`;
}
