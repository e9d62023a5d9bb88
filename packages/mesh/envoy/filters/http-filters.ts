import type { Extension } from '../protobuf.ts';
import { faultFilter } from './fault.ts';

const TYPE = 'type.googleapis.com/envoy.extensions.filters.http';

/** Counts gRPC calls and messages. */
const grpcStatsFilter: Extension = {
  name: 'envoy.filters.http.grpc_stats',
  typed_config: {
    '@type': `${TYPE}.grpc_stats.v3.FilterConfig`,
    emit_filter_state: true,
    stats_for_all_methods: false,
  },
};

/** Does nothing until a route has a CORS policy. */
const corsFilter: Extension = { name: 'envoy.filters.http.cors', typed_config: { '@type': `${TYPE}.cors.v3.Cors` } };

/** Sends the request on; always the last. */
export const routerFilter: Extension = {
  name: 'envoy.filters.http.router',
  typed_config: { '@type': `${TYPE}.router.v3.Router` },
};

/**
 * The HTTP filters in Istio's order: those that decide on access (tokens, then policies) precede every filter that could answer
 * a request, and the router ends the chain.
 * Source: istio.io/istio pilot/pkg/networking/core/listener_builder.go, buildHTTPConnectionManager.
 */
export function httpFilters(...access: Extension[]): Extension[] {
  return [...access, grpcStatsFilter, faultFilter, corsFilter, routerFilter];
}
