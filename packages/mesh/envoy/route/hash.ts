import type { HashSource } from '../../model/policy/traffic-policy.ts';
import { seconds } from '../seconds.ts';

/** What a request's place on the ring is taken from. The cluster itself is a ring: see clusters/load-balancing.ts. */
export function hashPolicy(source: HashSource): object {
  switch (source.kind) {
    case 'header':
      return { header: { header_name: source.name } };
    case 'query':
      return { query_parameter: { name: source.name } };
    case 'sourceIp':
      return { connection_properties: { source_ip: true } };
    case 'cookie':
      return { cookie: cookie(source) };
  }
}

// With a lifetime, even of 0, Envoy makes the cookie where there is none; without, it only reads it.
function cookie({ name, path, ttlMs }: Extract<HashSource, { kind: 'cookie' }>): object {
  return { name, ...(ttlMs !== undefined && { ttl: seconds(ttlMs) }), ...(path !== undefined && { path }) };
}
