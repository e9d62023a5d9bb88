import { createHash } from 'node:crypto';
import type { PodTemplate } from '@tuesday/mesh/manifests';

/** A template never changes: another one takes its place. Every question about a rollout asks for its hash. */
const known = new WeakMap<PodTemplate, string>();

/** The hash in a pod's name. Pods of one template share it; another hash starts a rollout. */
export function templateHash(template: PodTemplate): string {
  const hash = known.get(template) ?? hashOf(template);
  known.set(template, hash);
  return hash;
}

function hashOf(template: PodTemplate): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(sorted(template)))
    .digest();
  return BigInt(`0x${digest.toString('hex')}`)
    .toString(36)
    .replace(/[aeiou013]/g, '')
    .slice(0, 9);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
