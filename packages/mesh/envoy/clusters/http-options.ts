import type { TrafficPolicy } from '../../model/policy/traffic-policy.ts';
import { seconds } from '../seconds.ts';

const NAME = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';

/** How HTTP is spoken to a cluster; nothing where Envoy's own ways will do. `names`: TLS checks the host that was asked for. */
export function httpOptions({ connectionPool }: TrafficPolicy, options: { http2: boolean; names?: boolean }): object {
  const { tcp, http } = connectionPool ?? {};
  const common = {
    ...(http?.idleTimeoutMs !== undefined && { idle_timeout: seconds(http.idleTimeoutMs) }),
    ...(tcp?.maxConnectionDurationMs !== undefined && {
      max_connection_duration: seconds(tcp.maxConnectionDurationMs),
    }),
    ...(http?.maxRequestsPerConnection && { max_requests_per_connection: http.maxRequestsPerConnection }),
  };
  const isCommon = Object.keys(common).length > 0;
  if (!isCommon && !options.http2 && !options.names) return {};
  return {
    typed_extension_protocol_options: {
      [NAME]: {
        '@type': `type.googleapis.com/${NAME}`,
        ...(isCommon && { common_http_protocol_options: common }),
        ...(options.names && { upstream_http_protocol_options: { auto_sni: true, auto_san_validation: true } }),
        explicit_http_config: { [options.http2 ? 'http2_protocol_options' : 'http_protocol_options']: {} },
      },
    },
  };
}
