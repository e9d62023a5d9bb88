import type { Extension } from '../types.ts';

const TYPE = 'type.googleapis.com/envoy.extensions.filters.http';

/** Counts gRPC calls and messages. */
export const grpcStatsFilter: Extension = {
  name: 'envoy.filters.http.grpc_stats',
  typed_config: {
    '@type': `${TYPE}.grpc_stats.v3.FilterConfig`,
    emit_filter_state: true,
    stats_for_all_methods: false,
  },
};

/** Idle until a route says whose pages may call it. */
export const corsFilter: Extension = {
  name: 'envoy.filters.http.cors',
  typed_config: { '@type': `${TYPE}.cors.v3.Cors` },
};

/** Sends the request on; always the last. */
export const routerFilter: Extension = {
  name: 'envoy.filters.http.router',
  typed_config: { '@type': `${TYPE}.router.v3.Router` },
};
