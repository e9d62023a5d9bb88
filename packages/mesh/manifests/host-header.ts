const HOST = ['host', ':authority'];

/**
 * True for the names of the Host header. A VirtualService sets it like a header, but Envoy rewrites the authority instead.
 * Source: istio.io/istio pkg/config/validation/virtualservice.go, isAuthorityHeader.
 */
export function isHostHeader(name: string): boolean {
  return HOST.includes(name.toLowerCase());
}
