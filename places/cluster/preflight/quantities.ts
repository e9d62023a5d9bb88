import { quantityValue } from '@tuesday/mesh/manifests';
import type { Pod } from '../kubectl/objects.ts';

/** Bytes of a Kubernetes quantity such as 96Mi, 24478856Ki or 1.5G; 0 for any other text. */
export function bytes(quantity: string | undefined): number {
  return quantityValue(quantity ?? '') || 0;
}

/** 2147483648 as "2.0 GiB". */
export function gibibytes(amount: number): string {
  return `${(amount / 2 ** 30).toFixed(1)} GiB`;
}

/**
 * The memory that the scheduler counts for a pod: its containers and its sidecars together, or its largest init container
 * if that is more (Kubernetes documentation, "Sidecar Containers", resource sharing within containers).
 */
export function requested({ spec: { containers, initContainers = [] } }: Pod): number {
  const of = (some: typeof containers) => some.map(({ resources }) => bytes(resources?.requests?.memory));
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const sidecars = sum(of(initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')));
  const others = of(initContainers.filter(({ restartPolicy }) => restartPolicy !== 'Always'));
  return Math.max(sum(of(containers)) + sidecars, sidecars + Math.max(0, ...others));
}
