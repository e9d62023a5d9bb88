/**
 * The names of a claim that a VirtualService writes in place of a header: `@request.auth.claims.group.id` or, for names with a
 * dot, `@request.auth.claims[group][id]`; undefined for a header. Source: istio/istio, pkg/jwt/routing.go ToRoutingClaim.
 */
export function claimNames(header: string): string[] | undefined {
  const [, dotted, bracketed] = /^@request\.auth\.claims(?:\.(.+)|\[(.+)\])$/i.exec(header) ?? [];
  return dotted?.split('.') ?? bracketed?.split('][');
}
