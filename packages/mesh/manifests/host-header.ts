const HOST = ['host', ':authority'];

/**
 * True for a request's host. It is set like a header, but it is none: Envoy rewrites the authority instead.
 * Source: istio.io/istio pkg/config/validation/virtualservice.go, isAuthorityHeader.
 */
export function isHost(name: string): boolean {
  return HOST.includes(name.toLowerCase());
}
