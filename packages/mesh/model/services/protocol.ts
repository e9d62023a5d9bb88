import type { Protocol } from './service.ts';

const PROTOCOLS: Record<string, Protocol> = {
  http: 'http',
  http2: 'http2',
  grpc: 'grpc',
  'grpc-web': 'grpc',
  'kubernetes.io/h2c': 'http2',
  'kubernetes.io/ws': 'http',
  http_proxy: 'http',
};

/** Names of protocols that a proxy passes on as TCP. */
const AS_TCP: ReadonlySet<string> = new Set(['tcp', 'tls', 'https', 'mongo', 'redis', 'mysql', 'kubernetes.io/wss']);
/** SMTP, DNS, MySQL, MongoDB: in these the server speaks first, so Istio never detects there. */
const SERVER_FIRST: ReadonlySet<number> = new Set([25, 53, 3306, 27_017]);

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

interface WrittenPort {
  port: number;
  name?: string | undefined;
  appProtocol?: string | undefined;
}

/**
 * Whether neither appProtocol nor name of a port names a protocol that Istio knows: in a cluster it detects HTTP there by the
 * first bytes of a connection; here such a port is tcp. Source: conversion.go ConvertProtocol.
 */
export function isDetected({ port, name = '', appProtocol = name }: WrittenPort): boolean {
  const written = appProtocol.toLowerCase();
  const names = [written, written.split('-')[0] ?? ''];
  const isNamed = names.some((one) => AS_TCP.has(one)) || protocolOf({ name: written }) !== 'tcp';
  return !isNamed && !SERVER_FIRST.has(port);
}

/** True for the protocols whose requests a proxy can route one by one. */
export function isHttp(protocol: Protocol): boolean {
  return protocol !== 'tcp';
}
