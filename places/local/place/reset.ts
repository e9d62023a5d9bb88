import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { OVERLAY, ROOT } from '../../repository.ts';
import type { Tuesday } from './callers.ts';
import { ask } from './socket.ts';

interface KubeObject {
  apiVersion?: string;
  kind: string;
  metadata: { name: string; namespace?: string; deletionTimestamp?: string };
  status?: unknown;
  source?: { file: string };
}

/** The objects with which a runner has started, by kind, namespace and name. */
export type Base = Record<string, { body: object; file: string; isIstio: boolean }>;

/** Kinds that the runner makes itself. */
const LIVE = ['Pod', 'Endpoints'];

async function objectsOf(socket: string): Promise<KubeObject[]> {
  const all = (await ask<KubeObject[]>(socket, 'GET /resources?namespace=*')) ?? [];
  return all.filter(({ kind }) => !LIVE.includes(kind));
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

const isIstio = ({ apiVersion }: KubeObject) => apiVersion?.includes('.istio.io/') === true;

const entryOf = (object: KubeObject) => {
  const { status: _status, source, ...body } = object;
  return [keyOf(object), { body, file: resolve(ROOT, source?.file ?? ''), isIstio: isIstio(object) }] as const;
};

/** The objects that the runner behind a socket has now; of one that has just started they are its base. */
export async function baseOf(socket: string): Promise<Base> {
  return Object.fromEntries((await objectsOf(socket)).map(entryOf));
}

/**
 * Makes the base stand again: applies the files of Istio's objects that have changed or are gone, and deletes those that are
 * not in the base: lessons add no others. Where more has changed, it applies the overlay as a whole, and where this
 * replaces pods (a restart changes their template), it waits until the old ones have ended.
 */
export async function resetToBase(
  base: Base,
  { socket, tuesday }: { socket: string; tuesday: Tuesday },
): Promise<void> {
  const objects = await objectsOf(socket);
  const now = Object.fromEntries(objects.map(entryOf));
  const changed = Object.entries(base).filter(([key, { body, file }]) => {
    const object = now[key];
    return object?.file !== file || !isDeepStrictEqual(object.body, body);
  });
  if (!changed.every(([, one]) => one.isIstio)) await applyOverlay({ socket, tuesday });
  else if (changed.length > 0) {
    const files = [...new Set(changed.map(([, { file }]) => file))];
    await tuesday(['apply', ...files.flatMap((file) => ['-f', file])]);
  }
  const refs = objects
    .filter((object) => isIstio(object) && base[keyOf(object)] === undefined)
    .map(({ kind, metadata: { namespace, name } }) => ({ kind, namespace, name }));
  if (refs.length > 0) await ask(socket, 'POST /delete', { refs });
}

async function applyOverlay({ socket, tuesday }: { socket: string; tuesday: Tuesday }): Promise<void> {
  const printed = await tuesday(['apply', '-k', join(ROOT, OVERLAY)]);
  const replaced = [...printed.matchAll(/^((?:deployment|statefulset)\.apps\/\S+) configured/gm)].map(
    ([, name]) => name!,
  );
  for (const name of replaced) await tuesday(['rollout', 'status', name]);
  if (replaced.length > 0) await waitForTermination(socket);
}
