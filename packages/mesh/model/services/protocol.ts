import type { Protocol } from './service.ts';

const PROTOCOLS: Record<string, Protocol> = {
  http: 'http',
  http2: 'http2',
  grpc: 'grpc',
  'grpc-web': 'grpc',
  'kubernetes.io/h2c': 'http2',
  'kubernetes.io/ws': 'http',
};

/**
 * The protocol of a Service's port, from its appProtocol or else its name, up to the first "-". Every other port is tcp:
 * Istio detects the protocol of such a port from the first bytes, which is not modelled here.
 * Source: istio.io, protocol selection; istio/istio, pkg/config/kube/conversion.go.
 */
export function protocolOf({ name, appProtocol }: { name?: string; appProtocol?: string | undefined }): Protocol {
  const written = (appProtocol ?? name ?? '').toLowerCase();
  const known = PROTOCOLS[written];
  if (known !== undefined) return known;
  return written.startsWith('grpc-web') ? 'grpc' : (PROTOCOLS[written.split('-')[0] ?? ''] ?? 'tcp');
}

/** True for the protocols whose requests a proxy can route one by one. */
export function isHttp(protocol: Protocol): boolean {
  return protocol !== 'tcp';
}
