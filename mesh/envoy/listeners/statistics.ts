import { STATISTICS } from '../clusters/statistics.ts';
import { routerFilter } from '../http-filters/plain.ts';
import type { Address } from '../placement.ts';
import type { Named } from '../types.ts';
import { listener } from './listener.ts';

const GET = { name: ':method', string_match: { exact: 'GET' } };

/**
 * The one plaintext port beside the app, as 15090 in Istio: Envoy's statistics for Prometheus, read only. Everything else
 * of the admin interface answers 404 here.
 */
export function statisticsListener(address: Address): Named {
  const route = { match: { path: '/stats/prometheus', headers: [GET] }, route: { cluster: STATISTICS } };
  const manager = {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
      stat_prefix: 'stats;',
      route_config: { name: 'stats', virtual_hosts: [{ name: 'stats', domains: ['*'], routes: [route] }] },
      http_filters: [routerFilter],
    },
  };
  return listener({ place: 'inbound', name: 'stats', address, filter_chains: [{ filters: [manager] }] });
}
