// In this file a wildcard is `*` or a host that begins with it: `*.example.com`.

/** `recommendations.shop.svc.cluster.local`. */
export function fqdnOf(name: string, namespace: string): string {
  return `${name}.${namespace}.svc.cluster.local`;
}

/**
 * The FQDN of a host in an object of that namespace. Only a name without a dot is short: `recommendations.shop` is not
 * expanded, and no Service has this name (Istio, ResolveShortnameToFQDN).
 */
export function resolveHost(host: string, namespace: string): string {
  return host.includes('.') || isWildcard(host) ? host : fqdnOf(host, namespace);
}

export function isWildcard(host: string): boolean {
  return host.startsWith('*');
}

/** True if `outer` matches every host that `inner` matches. */
export function isWithin(inner: string, outer: string): boolean {
  if (!isWildcard(outer)) return inner === outer;
  return (!isWildcard(inner) || inner.length >= outer.length) && inner.replace(/^\*/, '').endsWith(outer.slice(1));
}

/** The first host of a list that covers hosts of one before it, and that one. The time grows with the text, not with the number of pairs. */
export function overlap(hosts: readonly string[]): { index: number; other: string } | undefined {
  const places = new Map<string, number>();
  const pairs = hosts.flatMap((host, index) => {
    const first = places.get(host);
    if (first === undefined) places.set(host, index);
    return first === undefined ? [] : [[first, index] as const];
  });
  for (const [host, place] of places) {
    const end = host.replace(/^\*/, '');
    for (let from = 0; from <= end.length; from++) {
      const outer = places.get(`*${end.slice(from)}`);
      if (outer !== undefined && outer !== place) pairs.push([Math.min(place, outer), Math.max(place, outer)]);
    }
  }
  const [before, index] = pairs.reduce((least, pair) => (pair[1] < least[1] ? pair : least), [
    0,
    hosts.length,
  ] as const);
  return index === hosts.length ? undefined : { index, other: hosts[before]! };
}

/** The hosts that both lists match, the more specific of each two: `*.com` and `a.com` share `a.com`. */
export function sharedHosts(one: readonly string[], other: readonly string[]): string[] {
  const shared = one.flatMap((a) =>
    other.flatMap((b) => {
      if (isWithin(a, b)) return [a];
      return isWithin(b, a) ? [b] : [];
    }),
  );
  return [...new Set(shared)];
}

/** The most specific pattern that matches a host: the host itself, else the longest wildcard; undefined if none matches. */
export function mostSpecific(
  host: string,
  patterns: ReadonlySet<string> | ReadonlyMap<string, unknown>,
): string | undefined {
  if (patterns.has(host)) return host;
  let best: string | undefined;
  for (const pattern of patterns.keys()) {
    if (isWithin(host, pattern) && pattern.length > (best?.length ?? 0)) best = pattern;
  }
  return best;
}

/** All names of a Service in a caller's namespace, the full name first, in Istio's order (istio/istio, httproute.go generateVirtualHostDomains). */
export function domainsOf({ name, namespace, fqdn }: { name: string; namespace: string; fqdn: string }, from: string) {
  const inNamespace = `${name}.${namespace}`;
  const short = from === namespace ? [name, `${inNamespace}.svc`, inNamespace] : [inNamespace, `${inNamespace}.svc`];
  return [fqdn, `${fqdn}.`, ...short];
}

/** The gateway name that means all sidecars. */
export const MESH = 'mesh';

/** `namespace/name` of a Gateway that a VirtualService names, also for the older notation `shop.shop.svc.cluster.local`. */
export function resolveGateway(gateway: string, namespace: string): string {
  if (gateway === MESH || gateway.includes('/')) return gateway;
  const [name, own = namespace] = gateway.split('.');
  return `${own}/${name}`;
}
