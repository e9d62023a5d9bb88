import { milliseconds, title, virtualServices } from './routes.ts';
import type { Route } from './routes.ts';
import type { Tree } from './tree.ts';

/**
 * Which services the app behind a route calls before it answers. One after the other is the worst case, and what
 * checkout v1 does. Purchases are told by checkout's outbox, when nobody waits.
 */
const CALLS: Record<string, readonly string[]> = {
  'shop/recommendations': ['recommendations'],
  'shop/place-order-next': ['billing', 'recommendations'],
  'shop/place-order': ['billing', 'recommendations'],
  'shop/read-next': [],
  'shop/read': [],
  'shop/page': [],
  billing: [],
  recommendations: [],
};

/** What it is not worth waiting for has no deadline: the demo's window into the traces. The article's routes have none. */
const WITHOUT = /^k8s\/overlays\/local\/demo\/trace-api\.yaml$|^istio\/article\//;

/** Every route says how long it may take and how often it is tried, and the tries fit into the time. */
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

/** What a callee may take in all, tries included, fits into one try of its caller's. */
export function calleesFitIntoTheirCallers(tree: Tree): string[] {
  const known = routes(tree);
  return known.flatMap(({ name, file, route }) => {
    const callees = CALLS[name];
    if (callees === undefined) return [`${file}: nobody wrote down whom ${name} calls`];
    const limit = milliseconds(route.retries?.perTryTimeout ?? route.timeout);
    // A callee without a route of its own has no deadline either: NaN fits nowhere.
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

/** What orders or charges is never repeated by the mesh: it may have had its effect. */
export function effectsAreNotRepeated(tree: Tree): string[] {
  return routes(tree)
    .filter(({ name, route }) => name === 'billing' || route.match?.some((match) => match.method?.exact === 'POST'))
    .filter(({ route }) => route.retries?.attempts !== 0)
    .map(({ name, file }) => `${file}: ${name} may order or charge twice: retries.attempts must be 0`);
}

function routes(tree: Tree): { name: string; file: string; route: Route }[] {
  return virtualServices(tree)
    .filter((one) => !WITHOUT.test(one.file))
    .flatMap((one) => one.http.map((route) => ({ name: title(one, route), file: one.file, route })));
}
