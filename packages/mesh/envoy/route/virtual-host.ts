import type { VirtualHost } from '../../model/routing/route.ts';
import { envoyRoute } from './route.ts';

/** What callers of one host get. Each try carries its number, so that a callee can tell a retry. */
export function virtualHost({ fqdn, port, domains, routes }: VirtualHost): object {
  return {
    name: `${fqdn}:${port}`,
    domains,
    routes: routes.map(envoyRoute),
    include_request_attempt_count: true,
  };
}

/** Hosts that the mesh does not know are refused, as with Istio's `outboundTrafficPolicy: REGISTRY_ONLY`. */
export const blockAll: object = {
  name: 'block_all',
  domains: ['*'],
  routes: [{ name: 'block_all', match: { prefix: '/' }, direct_response: { status: 502 } }],
  include_request_attempt_count: true,
};

/** A gateway's server for which nobody has routes: 404 for everybody. */
export function blackHole(port: number): object {
  return { name: `blackhole:${port}`, domains: ['*'] };
}
