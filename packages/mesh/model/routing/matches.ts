import type { Match as Written } from '../../manifests/kinds/istio/match.ts';
import { defined } from '../defined.ts';
import { compare } from '../../manifests/compare.ts';
import { matches, type Pod } from '../../manifests/labels.ts';
import type { Match, StringMatch } from './route.ts';
import { resolveGateway } from '../../manifests/hosts.ts';

/** A port of a proxy. `gateway` is `mesh` for a sidecar, and the name of a Gateway for a gateway. */
export interface ProxyPort extends Pod {
  gateway: string;
  port: number;
}

/** Matches every request. */
export const MATCH_ALL: Match = { headers: [], withoutHeaders: [], queryParams: [] };

/**
 * True if an entry of `match` applies to a proxy. If it has gateways, its sourceLabels and sourceNamespace are ignored
 * (istio/istio, route.go sourceMatchHTTP). `namespace` is the VirtualService's.
 */
export function appliesTo(
  proxy: ProxyPort,
  { port, gateways, sourceLabels, sourceNamespace }: Written,
  namespace: string,
) {
  if (port !== undefined && port !== proxy.port) return false;
  if (gateways.length > 0) return gateways.some((gateway) => resolveGateway(gateway, namespace) === proxy.gateway);
  return matches(proxy.labels, sourceLabels) && (sourceNamespace === undefined || sourceNamespace === proxy.namespace);
}

/** The conditions on the request, without those on the proxy. */
export function toMatch(written: Written): Match {
  const { uri, method, authority, scheme, ignoreUriCase = false } = written;
  return {
    ...defined({ uri, method, authority, scheme }),
    ignoreUriCase,
    headers: byName(written.headers),
    withoutHeaders: byName(written.withoutHeaders),
    queryParams: byName(written.queryParams),
  };
}

function byName(matches: Record<string, StringMatch | undefined>): [string, StringMatch | undefined][] {
  return Object.entries(matches).sort(([a], [b]) => compare(a, b));
}

/** True if every request matches: there is no condition, or only one on the path that every path fulfils. */
export function isCatchAll({ uri, ...rest }: Match): boolean {
  const { headers, withoutHeaders, queryParams, method, authority, scheme } = rest;
  const lists = headers.length + withoutHeaders.length + queryParams.length;
  if (lists > 0 || method !== undefined || authority !== undefined || scheme !== undefined) return false;
  return uri === undefined || ('prefix' in uri && uri.prefix === '/') || ('regex' in uri && uri.regex === '.*');
}
