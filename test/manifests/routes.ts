import type { IVirtualService } from '@kubernetes-models/istio/networking.istio.io/v1';
import type { Resource } from '@tuesday/mesh/manifests';
import { objects } from './tree.ts';
import type { Tree } from './tree.ts';

type Spec = NonNullable<IVirtualService['spec']>;
export type Route = NonNullable<Spec['http']>[number];

/** All VirtualServices with their routes. */
export function virtualServices(tree: Tree) {
  return virtualServicesIn(objects(tree));
}

/** The VirtualServices among some objects, with their routes; a missing spec counts as an empty one. */
export function virtualServicesIn(some: readonly Resource[]) {
  return some
    .filter((object) => object.kind === 'VirtualService')
    .map(({ body, metadata, source }) => {
      const { gateways = ['mesh'], hosts = [], http = [] } = (body['spec'] ?? {}) as Spec;
      return { name: metadata.name, file: source.file, gateways, hosts, http };
    });
}

/** Milliseconds of an Istio duration such as 2s, 800ms or 1.5s; NaN for anything else. */
export function milliseconds(duration: string | undefined): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(duration ?? '') ?? [];
  const factor = unit === 'ms' ? 1 : unit === 's' ? 1000 : 60_000;
  return number === undefined ? Number.NaN : Number(number) * factor;
}

/** The name of a route for messages. */
export function title(virtualService: { name: string }, route: Route): string {
  return route.name === undefined ? virtualService.name : `${virtualService.name}/${route.name}`;
}

/**
 * Two VirtualServices share the gateway and the host: no route of the shop may match the paths of the demo's, and the
 * shop's only route without a match must be the last one, because Istio tries such a route after all others.
 */
export function tracesComeBeforeThePage(tree: Tree): string[] {
  const atGateway = virtualServices(tree).filter((one) => one.gateways.includes('shop'));
  const complaints = atGateway.flatMap((one) => {
    const open = one.http.flatMap((route, index) => (route.match === undefined ? [index] : []));
    const allowed = one.name === 'shop' ? one.http.length - 1 : -1;
    const lost = open.filter((index) => index !== allowed);
    const closed =
      one.name === 'shop' && !open.includes(allowed)
        ? [`${one.file}: the last route has a match, so the page would hide what comes after it`]
        : [];
    return [
      ...closed,
      ...lost.map((index) => `${one.file}: route ${index} has no match and hides what comes after it`),
    ];
  });
  const prefixes = atGateway.flatMap((one) =>
    one.http.flatMap((route) => (route.match ?? []).map((match) => ({ one, prefix: match.uri?.prefix ?? '' }))),
  );
  const extra = prefixes.filter(({ one }) => one.name !== 'shop');
  const hidden = extra.filter(({ prefix }) =>
    prefixes.some((other) => other.one.name === 'shop' && prefix.startsWith(other.prefix)),
  );
  return [
    ...complaints,
    ...hidden.map(({ one, prefix }) => `${one.file}: a route of the shop matches ${prefix} first`),
  ];
}
