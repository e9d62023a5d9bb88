import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { milliseconds, virtualServicesIn } from '../routes.ts';
import type { Route } from '../routes.ts';
import { objects, textOf } from '../tree.ts';
import type { Tree } from '../tree.ts';

export const GATEWAY = 'places/compose/gateway.yaml';

/** What one match of a route says, whichever language it is written in. */
interface Meaning {
  prefix: string;
  method?: string;
  headers: Record<string, { exact?: string; regex?: string }>;
  destination: string;
  rewrite?: string;
  /** Milliseconds; 0 is none. */
  timeout: number;
  retries: number;
  perTry?: number;
  retryOn?: string;
}

/** Envoy's routes are those of the Istio files, in their order: the first that matches wins. */
export function gatewayRoutesAreTheSame(tree: Tree): string[] {
  const [wanted, there] = [fromIstio(tree), fromEnvoy(tree)];
  return [
    ...(wanted.length === there.length ? [] : [`${GATEWAY} has ${there.length} routes, not ${wanted.length}`]),
    ...wanted.flatMap((meaning, index) =>
      isDeepStrictEqual(meaning, there[index])
        ? []
        : [`${GATEWAY}: route ${index} is ${JSON.stringify(there[index])}, not ${JSON.stringify(meaning)}`],
    ),
  ];
}

type Match = NonNullable<Route['match']>[number];

function fromIstio(tree: Tree): Meaning[] {
  const all = [...objects(tree, 'istio/base/'), ...objects(tree, 'k8s/overlays/local/')];
  const routes = virtualServicesIn(all).flatMap(({ gateways, http }) => (gateways.includes('shop') ? http : []));
  // Istio tries a route without a match after those of all files.
  const ordered = [...routes.filter(({ match }) => match), ...routes.filter(({ match }) => !match)];
  return ordered.flatMap((route) => (route.match ?? [{ uri: { prefix: '/' } }]).map((match) => ofIstio(route, match)));
}

function ofIstio({ route, rewrite, timeout, retries }: Route, { uri, method, headers = {} }: Match): Meaning {
  const { host = '', subset } = route?.[0]?.destination ?? {};
  return {
    prefix: uri?.prefix ?? '',
    ...(method && { method: method.exact }),
    headers: headers as Meaning['headers'],
    destination: subset ? `${host}-${subset}` : host.replace(/^tracing\..*/, 'jaeger'),
    ...(rewrite?.uri && { rewrite: rewrite.uri }),
    timeout: timeout ? milliseconds(timeout) : 0,
    retries: retries?.attempts ?? 0,
    ...(retries?.perTryTimeout && { perTry: milliseconds(retries.perTryTimeout) }),
    ...(retries?.retryOn && { retryOn: retries.retryOn }),
  };
}

interface EnvoyRoute {
  match: {
    prefix: string;
    headers?: { name: string; string_match: { exact?: string; safe_regex?: { regex: string } } }[];
  };
  route: {
    cluster: string;
    prefix_rewrite?: string;
    timeout?: string;
    retry_policy?: { num_retries: number; per_try_timeout: string; retry_on: string };
  };
}

function fromEnvoy(tree: Tree): Meaning[] {
  const { static_resources: all } = parse(textOf(tree, GATEWAY));
  const manager = all.listeners[0].filter_chains[0].filters[0].typed_config;
  return (manager.route_config.virtual_hosts[0].routes as EnvoyRoute[]).map(ofEnvoy);
}

function ofEnvoy({ match, route }: EnvoyRoute): Meaning {
  const headers = Object.fromEntries(
    (match.headers ?? []).map(({ name, string_match: { exact, safe_regex: regex } }) => [
      name,
      regex ? { regex: regex.regex } : { exact: exact! },
    ]),
  );
  const { ':method': method, ...others } = headers;
  const { retry_policy: again } = route;
  return {
    prefix: match.prefix,
    ...(method?.exact && { method: method.exact }),
    headers: others,
    destination: route.cluster,
    ...(route.prefix_rewrite && { rewrite: route.prefix_rewrite }),
    // Envoy's own limit, where none is written, is 15 s.
    timeout: milliseconds(route.timeout ?? '15s'),
    retries: again?.num_retries ?? 0,
    ...(again && { perTry: milliseconds(again.per_try_timeout), retryOn: again.retry_on }),
  };
}
