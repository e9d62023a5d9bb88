import { milliseconds, title, virtualServices } from './routes.ts';
import type { Route } from './routes.ts';
import type { Tree } from './tree.ts';

/**
 * The services that the app behind a route calls before it answers. One after the other is the worst case, as in
 * checkout v1. Purchases are not among them: checkout's outbox delivers them after the answer.
 */
const CALLS: Record<string, readonly string[]> = {
  'shop/session': [],
  'shop/recommendations': ['recommendations'],
  'shop/place-order-next': ['billing', 'recommendations'],
  'shop/place-order': ['billing', 'recommendations'],
  'shop/read-next': [],
  'shop/read': [],
  'shop/page': [],
  billing: [],
  recommendations: [],
};

/** Files whose routes have no timeout: the demo's access to the traces, and the article's files. */
const WITHOUT_TIMEOUT = /^k8s\/overlays\/local\/demo\/trace-api\.yaml$|^istio\/article\//;

/** Every route has a timeout and a number of tries, and the tries fit into the timeout. */
export function triesFitIntoTheTimeout(tree: Tree): string[] {
  return routes(tree).flatMap(({ name, file, route }) => {
    const all = milliseconds(route.timeout);
    const { attempts, perTryTimeout } = route.retries ?? {};
    if (Number.isNaN(all)) return [`${file}: ${name} has no timeout`];
    if (attempts === undefined)
      return [`${file}: ${name} does not say how often it is tried, so Istio would try twice more`];
    if (attempts === 0) return [];
    const needed = (attempts + 1) * milliseconds(perTryTimeout);
    return needed <= all
      ? []
      : [`${file}: ${name} tries ${attempts + 1} times ${perTryTimeout}, which does not fit into ${route.timeout}`];
  });
}

/** How much earlier than the route's timeout a service answers. */
const AHEAD_MS = 100;

/** What the gateway's routes give a service is less than they themselves wait: its own answer comes before Envoy's. */
export function budgetsAreAhead(tree: Tree): string[] {
  return routes(tree)
    .filter(({ file }) => file === 'istio/base/shop.yaml')
    .flatMap(({ name, file, route }) => {
      const limit = milliseconds(route.retries?.perTryTimeout ?? route.timeout);
      const budget = Number(route.headers?.request?.set?.['x-request-timeout-ms']);
      return budget === limit - AHEAD_MS
        ? []
        : [`${file}: ${name} waits ${limit} ms, but gives the service ${budget}, not ${limit - AHEAD_MS}`];
    });
}

/** The timeout of a callee, with all its tries, fits into one try of its caller. */
export function calleesFitIntoTheirCallers(tree: Tree): string[] {
  const known = routes(tree);
  return known.flatMap(({ name, file, route }) => {
    const callees = CALLS[name];
    if (callees === undefined) return [`${file}: CALLS does not list the callees of ${name}`];
    const limit = milliseconds(route.retries?.perTryTimeout ?? route.timeout);
    // A callee without its own route has no timeout: NaN fits nowhere.
    const longest = (callee: string): number => {
      const own = known
        .filter(({ name: of, file: at }) => of === callee && at.startsWith('istio/base/'))
        .map((one) => milliseconds(one.route.timeout));
      return own.length === 0 ? Number.NaN : Math.max(...own);
    };
    const needed = callees.reduce((sum, callee) => sum + longest(callee), 0);
    return needed < limit
      ? []
      : [`${file}: ${name} waits ${limit} ms, but ${callees.join(' and ')} may take ${needed} ms`];
  });
}

/** The mesh never retries orders or charges: the first attempt may have taken effect. */
export function effectsAreNotRepeated(tree: Tree): string[] {
  return routes(tree)
    .filter(({ name, route }) => name === 'billing' || route.match?.some((match) => match.method?.exact === 'POST'))
    .filter(({ route }) => route.retries?.attempts !== 0)
    .map(({ name, file }) => `${file}: ${name} may order or charge twice: retries.attempts must be 0`);
}

function routes(tree: Tree): { name: string; file: string; route: Route }[] {
  return virtualServices(tree)
    .filter((one) => !WITHOUT_TIMEOUT.test(one.file))
    .flatMap((one) => one.http.map((route) => ({ name: title(one, route), file: one.file, route })));
}
