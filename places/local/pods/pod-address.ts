let last = 0;

/**
 * An address for a new pod, as the cluster's network would give it one; it means something inside pods only (capture.cjs).
 * Of 240.0.0.0/4, which nobody routes: a process outside asks nobody else by mistake. Services have theirs in 240.240.
 */
export function nextPodAddress(): string {
  last = (last + 1) % 0xffff;
  return `240.241.${last >> 8}.${last & 255}`;
}
