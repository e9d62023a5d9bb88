import { readMetrics } from '../../places/http.ts';
import type { Api } from './api.ts';
import type { PodObject } from './objects.ts';

/** Orders that can never be settled and events that can never be delivered: what checkout's gauge `checkout_parked` says. */
export interface Parked {
  order: number;
  event: number;
}

/** Reads it from a ready pod of checkout; undefined where there is none. */
export async function parkedOf(api: Api): Promise<Parked | undefined> {
  const pods = await api.get<PodObject[]>('/resources', { kind: 'Pod', namespace: '*' });
  const pod = pods.find(
    ({ metadata, status }) =>
      metadata.labels?.['app'] === 'checkout' && status.containerStatuses?.every(({ ready }) => ready),
  );
  const port = pod?.status.podPorts?.['8080'];
  if (port === undefined) return undefined;
  const text = await readMetrics('127.0.0.1', port).catch(() => '');
  const counts = [...text.matchAll(/^checkout_parked\{.*?kind="(order|event)".*?\} (\d+)$/gm)];
  return counts.length === 0
    ? undefined
    : ({ order: 0, event: 0, ...Object.fromEntries(counts.map(([, kind, count]) => [kind, Number(count)])) } as Parked);
}

/** One sentence where something is parked. */
export function parkedWarning(parked: Parked | undefined): string[] {
  if (!parked || parked.order + parked.event === 0) return [];
  const { order, event } = parked;
  return [
    `parked until a person has looked at them: orders that cannot be settled (${order}), events that cannot be delivered (${event}). The log of checkout says why.`,
  ];
}
