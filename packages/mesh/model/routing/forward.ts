import type { HttpRoute } from '../../manifests/kinds/istio/http-route.ts';
import type { Destination as Written } from '../../manifests/kinds/istio/shared.ts';
import { defined } from '../defined.ts';
import type { ResolvedDestination } from './destinations.ts';
import { authorityOf, headerChanges } from './header-changes.ts';
import type { Fault, Forward } from './route.ts';

/** The forward action of a route, with its destinations resolved for one proxy. */
export function toForward(http: HttpRoute, resolve: (written: Written) => ResolvedDestination): Forward {
  const weighted = http.route.length > 1;
  const written = weighted ? http.route.filter(({ weight }) => weight > 0) : http.route;
  const resolved = written.map((one) => ({ ...one, ...resolve(one.destination) }));
  return {
    kind: 'forward',
    destinations: resolved.map(({ destination, weight, headers }) => ({
      destination,
      weight,
      ...defined({ headers: headers && headerChanges(headers), authority: authorityOf(headers) }),
    })),
    weighted,
    mirrors: mirrorsOf(http).map(({ destination, percentage }) => ({
      destination: resolve(destination).destination,
      percentage,
    })),
    hashes: resolved.flatMap(({ hash }) => (hash ? [hash] : [])),
    ...defined({
      rewrite: rewriteOf(http),
      timeoutMs: http.timeout,
      retries: http.retries,
      fault: http.fault && faultOf(http.fault),
    }),
  };
}

/** Without a percentage all requests are mirrored; with 0, none. */
function mirrorsOf({ mirror, mirrorPercentage, mirrors }: HttpRoute) {
  const all = mirror ? [{ destination: mirror, percentage: mirrorPercentage }] : mirrors;
  return all
    .map(({ destination, percentage }) => ({ destination, percentage: percentage?.value ?? 100 }))
    .filter(({ percentage }) => percentage > 0);
}

function rewriteOf({ rewrite, headers }: HttpRoute): Forward['rewrite'] {
  return defined({ uri: rewrite?.uri || undefined, authority: rewrite?.authority || authorityOf(headers) });
}

function faultOf({ delay, abort }: NonNullable<HttpRoute['fault']>): Fault {
  return {
    ...(delay && { delay: { milliseconds: delay.fixedDelay, ...defined({ percentage: delay.percentage?.value }) } }),
    ...(abort && { abort: { httpStatus: abort.httpStatus, ...defined({ percentage: abort.percentage?.value }) } }),
  };
}
