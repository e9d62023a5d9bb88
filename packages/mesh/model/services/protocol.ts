import type { Protocol } from './service.ts';

const PROTOCOLS: Record<string, Protocol> = {
  http: 'http',
  http2: 'http2',
  grpc: 'grpc',
  'kubernetes.io/h2c': 'http2',
  'kubernetes.io/ws': 'http',
  http_proxy: 'http',
  tcp: 'tcp',
  // A sidecar leaves a port aside whose name says UDP; see diagnose/udp-names.ts.
  udp: 'tcp',
  tls: 'tcp',
  https: 'tcp',
  mongo: 'tcp',
  redis: 'tcp',
  mysql: 'tcp',
  'kubernetes.io/wss': 'tcp',
};

/** SMTP, DNS, MySQL, MongoDB: in these the server speaks first, so Istio never detects there. */
const SERVER_FIRST: ReadonlySet<number> = new Set([25, 53, 3306, 27_017]);

/** A port of a Service as it is written. */
interface WrittenPort {
  port: number;
  name?: string | undefined;
  appProtocol?: string | undefined;
}

/**
 * The protocol of a Service's port, from its appProtocol or else its name, up to the first "-". Where it names no protocol that
 * Istio knows, sidecars detect HTTP by the first bytes of a connection.
 * Source: istio.io, protocol selection; istio/istio, pkg/config/kube/conversion.go, ConvertProtocol.
 */
export function protocolOf({ port, name = '', appProtocol = name }: WrittenPort): Protocol {
  const written = appProtocol.toLowerCase();
  if (written.startsWith('grpc-web')) return 'grpc';
  const known = PROTOCOLS[written] ?? PROTOCOLS[written.split('-')[0] ?? ''];
  return known ?? (SERVER_FIRST.has(port) ? 'tcp' : 'detected');
}

/** True for the protocols whose every connection is HTTP: such ports of all Services share a listener. */
export function isHttp(protocol: Protocol): boolean {
  return canBeHttp(protocol) && protocol !== 'detected';
}

/** True for the protocols whose requests a proxy can route one by one, where a connection has requests. */
export function canBeHttp(protocol: Protocol): boolean {
  return protocol !== 'tcp';
}
