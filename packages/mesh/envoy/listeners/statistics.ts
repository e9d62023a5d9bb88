import { STATISTICS } from '../clusters/statistics.ts';
import { routerFilter } from '../http-filters/plain.ts';
import type { Address } from '../placement.ts';
import type { Named } from '../types.ts';
import { listener } from './listener.ts';

const GET = { name: ':method', string_match: { exact: 'GET' } };

/**
 * The one plaintext port beside the app, for 15090 and 15021 of Istio: Envoy's statistics for Prometheus, read only, and its
 * readiness, which it has with this listener. Everything else of the admin interface answers 404 here.
 */
export function statisticsListener(address: Address): Named {
  const route = { match: { path: '/stats/prometheus', headers: [GET] }, route: { cluster: STATISTICS } };
  const ready = { match: { path: '/healthz/ready' }, direct_response: { status: 200 } };
  const manager = {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
      stat_prefix: 'stats;',
      route_config: { name: 'stats', virtual_hosts: [{ name: 'stats', domains: ['*'], routes: [route, ready] }] },
      http_filters: [routerFilter],
    },
  };
  return listener({ place: 'inbound', name: 'stats', address, filter_chains: [{ filters: [manager] }] });
}
