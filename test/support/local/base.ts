import { ask } from '../socket.ts';
import type { Tuesday } from './callers.ts';

interface KubeObject {
  apiVersion?: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

async function istioObjects(socket: string): Promise<KubeObject[]> {
  const all = (await ask<KubeObject[]>(socket, 'GET /resources?namespace=*')) ?? [];
  return all.filter(({ apiVersion }) => apiVersion?.includes('.istio.io/'));
}
const keyOf = ({ kind, metadata: { namespace, name } }: KubeObject) => `${kind} ${namespace}/${name}`;

/** The Istio objects that the runner behind a socket has now: of one that has just started, its base. */
export async function baseOf(socket: string): Promise<string[]> {
  return (await istioObjects(socket)).map(keyOf);
}

/** Applies the overlay again, and deletes the Istio objects that are not in the base: they are all that lessons add. */
export async function resetTo(
  base: readonly string[],
  { socket, overlay, tuesday }: { socket: string; overlay: string; tuesday: Tuesday },
): Promise<void> {
  await tuesday(['apply', '-k', overlay]);
  const added = (await istioObjects(socket)).filter((object) => !base.includes(keyOf(object)));
  const refs = added.map(({ kind, metadata: { namespace, name } }) => ({ kind, namespace, name }));
  if (refs.length > 0) await ask(socket, 'POST /delete', { refs });
}
