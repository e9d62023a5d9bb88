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
 * What a Service's port speaks: appProtocol if there is one, else its name, each up to the first "-". Everything else
 * is tcp: Istio would look into the first bytes of a port that says nothing, which is not modelled here.
 * Source: istio.io, protocol selection; istio/istio, pkg/config/kube/conversion.go.
 */
export function protocolOf({ name, appProtocol }: { name?: string; appProtocol?: string | undefined }): Protocol {
  const written = (appProtocol ?? name ?? '').toLowerCase();
  const known = PROTOCOLS[written];
  if (known !== undefined) return known;
  return written.startsWith('grpc-web') ? 'grpc' : (PROTOCOLS[written.split('-')[0] ?? ''] ?? 'tcp');
}

/** True for the protocols whose requests a proxy reads, and so routes one by one. */
export function isHttp(protocol: Protocol): boolean {
  return protocol !== 'tcp';
}
