import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { OVERLAY, ROOT } from '../../repository.ts';
import type { Tuesday } from './callers.ts';
import { ask } from './socket.ts';

interface KubeObject {
  apiVersion?: string;
  kind: string;
  metadata: { name: string; namespace?: string; deletionTimestamp?: string };
}

async function istioObjects(socket: string): Promise<KubeObject[]> {
  const all = (await ask<KubeObject[]>(socket, 'GET /resources?namespace=*')) ?? [];
  return all.filter(({ apiVersion }) => apiVersion?.includes('.istio.io/'));
}

/** Waits until no pod is terminating. Throws after a minute. */
async function waitForTermination(socket: string): Promise<void> {
  for (const until = Date.now() + 60_000; ; await wait(50)) {
    const pods = (await ask<KubeObject[]>(socket, 'GET /resources?kind=Pod&namespace=*')) ?? [];
    const leaving = pods.filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
    if (leaving.length === 0) return;
    if (Date.now() > until)
      throw new Error(`Still terminating after a minute: ${leaving.map(({ metadata }) => metadata.name).join(', ')}`);
  }
}

const keyOf = ({ kind, metadata: { namespace, name } }: KubeObject) => `${kind} ${namespace}/${name}`;

/** The Istio objects that the runner behind a socket has now; of one that has just started they are its base. */
export async function istioObjectNames(socket: string): Promise<string[]> {
  return (await istioObjects(socket)).map(keyOf);
}

/**
 * Applies the overlay again, and deletes the Istio objects that are not in the base: lessons add no others. Where this
 * replaces pods (a restart changes their template), it waits until the old ones have ended.
 */
export async function resetToBase(
  base: readonly string[],
  { socket, tuesday }: { socket: string; tuesday: Tuesday },
): Promise<void> {
  const printed = await tuesday(['apply', '-k', join(ROOT, OVERLAY)]);
  const replaced = [...printed.matchAll(/^((?:deployment|statefulset)\.apps\/\S+) configured/gm)].map(
    ([, name]) => name!,
  );
  for (const name of replaced) await tuesday(['rollout', 'status', name]);
  if (replaced.length > 0) await waitForTermination(socket);
  const added = (await istioObjects(socket)).filter((object) => !base.includes(keyOf(object)));
  const refs = added.map(({ kind, metadata: { namespace, name } }) => ({ kind, namespace, name }));
  if (refs.length > 0) await ask(socket, 'POST /delete', { refs });
}
