import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { milliseconds, virtualServicesIn } from '../routes.ts';
import type { Route } from '../routes.ts';
import { objects, textOf } from '../tree.ts';
import type { Tree } from '../tree.ts';

export const GATEWAY = 'places/compose/gateway.yaml';

/** One match of a route in a form that is common to Istio and Envoy. */
interface PlainRoute {
  prefix: string;
  method?: string;
  headers: Record<string, { exact?: string; regex?: string }>;
  destination: string;
  /** Milliseconds that the service is given. */
  budget?: number;
  rewrite?: string;
  /** Milliseconds; 0 means no timeout. */
  timeout: number;
  retries: number;
  perTry?: number;
  retryOn?: string;
}

/** Envoy's routes are those of the Istio files, in the same order, because the first match is used. */
export function gatewayRoutesAreTheSame(tree: Tree): string[] {
  const [wanted, there] = [fromIstio(tree), fromEnvoy(tree)];
  return [
    ...(wanted.length === there.length ? [] : [`${GATEWAY} has ${there.length} routes, not ${wanted.length}`]),
    ...wanted.flatMap((route, index) =>
      isDeepStrictEqual(route, there[index])
        ? []
        : [`${GATEWAY}: route ${index} is ${JSON.stringify(there[index])}, not ${JSON.stringify(route)}`],
    ),
  ];
}

type Match = NonNullable<Route['match']>[number];

function fromIstio(tree: Tree): PlainRoute[] {
  const all = [...objects(tree, 'istio/base/'), ...objects(tree, 'k8s/overlays/local/')];
  const routes = virtualServicesIn(all).flatMap(({ gateways, http }) => (gateways.includes('shop') ? http : []));
  // Istio tries a route without a match last, after the routes of all files.
  const ordered = [...routes.filter(({ match }) => match), ...routes.filter(({ match }) => !match)];
  return ordered.flatMap((route) => (route.match ?? [{ uri: { prefix: '/' } }]).map((match) => ofIstio(route, match)));
}

function ofIstio(
  { route, rewrite, timeout, retries, headers: changes }: Route,
  { uri, method, headers = {} }: Match,
): PlainRoute {
  const { host = '', subset } = route?.[0]?.destination ?? {};
  return {
    prefix: uri?.prefix ?? '',
    ...(method && { method: method.exact }),
    headers: headers as PlainRoute['headers'],
    destination: subset ? `${host}-${subset}` : host.replace(/^tracing\..*/, 'jaeger'),
    ...budgetOf(changes?.request?.set?.[BUDGET_HEADER]),
    ...(rewrite?.uri && { rewrite: rewrite.uri }),
    timeout: timeout ? milliseconds(timeout) : 0,
    retries: retries?.attempts ?? 0,
    ...(retries?.perTryTimeout && { perTry: milliseconds(retries.perTryTimeout) }),
    ...(retries?.retryOn && { retryOn: retries.retryOn }),
  };
}

const BUDGET_HEADER = 'x-request-timeout-ms';
const budgetOf = (value?: string) => (value === undefined ? {} : { budget: Number(value) });

interface EnvoyRoute {
  request_headers_to_add?: { header: { key: string; value: string } }[];
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

function fromEnvoy(tree: Tree): PlainRoute[] {
  const { static_resources: all } = parse(textOf(tree, GATEWAY));
  const manager = all.listeners[0].filter_chains[0].filters[0].typed_config;
  return (manager.route_config.virtual_hosts[0].routes as EnvoyRoute[]).map(ofEnvoy);
}

function ofEnvoy({ match, route, request_headers_to_add: added }: EnvoyRoute): PlainRoute {
  const headers = Object.fromEntries(
    (match.headers ?? []).map(({ name, string_match: { exact, safe_regex: regex } }) => [
      name,
      regex ? { regex: regex.regex } : { exact: exact! },
    ]),
  );
  const { ':method': method, ...others } = headers;
  const { retry_policy: retryPolicy } = route;
  return {
    prefix: match.prefix,
    ...(method?.exact && { method: method.exact }),
    headers: others,
    destination: route.cluster,
    ...budgetOf(added?.find(({ header }) => header.key === BUDGET_HEADER)?.header.value),
    ...(route.prefix_rewrite && { rewrite: route.prefix_rewrite }),
    // Envoy's default is 15 s.
    timeout: milliseconds(route.timeout ?? '15s'),
    retries: retryPolicy?.num_retries ?? 0,
    ...(retryPolicy && { perTry: milliseconds(retryPolicy.per_try_timeout), retryOn: retryPolicy.retry_on }),
  };
}
