import { eventually } from '../eventually.ts';
import { ask } from '../socket.ts';
import type { Tuesday } from './callers.ts';

interface KubeObject {
  apiVersion?: string;
  kind: string;
  metadata: { name: string; namespace?: string; deletionTimestamp?: string };
}

async function istioObjects(socket: string): Promise<KubeObject[]> {
  const all = (await ask<KubeObject[]>(socket, 'GET /resources?namespace=*')) ?? [];
  return all.filter(({ apiVersion }) => apiVersion?.includes('.istio.io/'));
}

async function leaving(socket: string): Promise<boolean> {
  const pods = (await ask<KubeObject[]>(socket, 'GET /resources?kind=Pod&namespace=*')) ?? [];
  return pods.some(({ metadata }) => metadata.deletionTimestamp !== undefined);
}

const keyOf = ({ kind, metadata: { namespace, name } }: KubeObject) => `${kind} ${namespace}/${name}`;

/** The Istio objects that the runner behind a socket has now: of one that has just started, its base. */
export async function baseOf(socket: string): Promise<string[]> {
  return (await istioObjects(socket)).map(keyOf);
}

/**
 * Applies the overlay again, and deletes the Istio objects that are not in the base: they are all that lessons add. Pods
 * that this replaces (a restart stands in their template) are awaited: the next file finds no old one beside the new.
 */
export async function resetTo(
  base: readonly string[],
  { socket, overlay, tuesday }: { socket: string; overlay: string; tuesday: Tuesday },
): Promise<void> {
  const printed = await tuesday(['apply', '-k', overlay]);
  const replaced = [...printed.matchAll(/^((?:deployment|statefulset)\.apps\/\S+) configured/gm)].map(
    ([, name]) => name!,
  );
  for (const name of replaced) await tuesday(['rollout', 'status', name]);
  if (replaced.length > 0) await eventually(async () => !(await leaving(socket)), 60_000);
  const added = (await istioObjects(socket)).filter((object) => !base.includes(keyOf(object)));
  const refs = added.map(({ kind, metadata: { namespace, name } }) => ({ kind, namespace, name }));
  if (refs.length > 0) await ask(socket, 'POST /delete', { refs });
}
