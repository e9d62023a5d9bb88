import type { Api } from '../shop/api.ts';
import { at, type KubeObject } from '../shop/objects.ts';

/** The weights of one service's versions, from a VirtualService. */
export interface Weights {
  service: string;
  /** Share by subset, 0 to 1: weights are proportions, their sum need not be 100. */
  shares: Record<string, number>;
  /** The VirtualService's file, or '' where it is not known. */
  file: string;
}

interface Route {
  destination?: { host?: string; subset?: string };
  weight?: number;
}

/** The weights of a service, from the running shop; undefined where no VirtualService splits it. */
export async function weightsOf(api: Api, service: string, namespace: string): Promise<Weights | undefined> {
  const all = await api.find<KubeObject[]>('/resources', { kind: 'VirtualService', namespace });
  for (const object of all ?? []) {
    const routes = defaultRoute(object).filter(({ destination }) => destination?.host === service);
    const sum = routes.reduce((total, { weight = 0 }) => total + weight, 0);
    if (routes.length < 2 || sum === 0) continue;
    const shares = Object.fromEntries(
      routes.map(({ destination, weight = 0 }) => [destination?.subset ?? '', weight / sum]),
    );
    return { service, shares, file: object.source?.file ?? '' };
  }
  return undefined;
}

/** The route without a match, for requests without special headers. */
function defaultRoute(object: KubeObject): Route[] {
  const http = at(object, 'spec', 'http');
  const rules = Array.isArray(http) ? (http as { match?: unknown; route?: Route[] }[]) : [];
  return rules.find(({ match }) => match === undefined)?.route ?? [];
}
