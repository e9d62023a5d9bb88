import type { Source } from '../../model/security/policy.ts';
import { type Attribute, attribute, quoted, textMatch, tokenAttribute } from './attribute.ts';
import { tokenPrincipals } from './claims.ts';

/** What a policy's short names mean: its namespace, and the trust domain of the mesh. */
export interface Origin {
  namespace: string;
  trustDomain: string;
}

/**
 * The attributes of a source (`from`), in Istio's order. All but one match the SPIFFE id of the caller's certificate; without
 * a certificate none of them matches. The principal of a request is that of its token.
 * Source: istio.io/istio pilot/pkg/security/authz/model/model.go, New, and generator.go.
 */
export function sourceAttributes(source: Source, origin: Origin): Attribute[] {
  return [
    attribute([source.principals, source.notPrincipals], (value) => principalMatch(value, origin)),
    tokenAttribute([source.requestPrincipals, source.notRequestPrincipals], tokenPrincipals),
    attribute([source.serviceAccounts, source.notServiceAccounts], (value) => accountMatch(value, origin)),
    attribute([source.namespaces, source.notNamespaces], namespaceMatch),
  ];
}

/** `cluster.local/ns/shop/sa/checkout`, with `*` at either end. */
export function principalMatch(written: string, { trustDomain }: Origin): object {
  const value = inTrustDomain(written, trustDomain);
  if (value !== '*' && value.startsWith('*')) return authenticated(`spiffe://.*${quoted(value.slice(1))}`);
  const name = value === '*' ? textMatch(value) : textMatch(`spiffe://${value}`);
  return { authenticated: { principal_name: name } };
}

/**
 * A principal with the trust domain that it means: in every mesh `cluster.local` is a name of the mesh's own. So is a pattern
 * that the mesh's own fits. Source: istio/istio, pilot/pkg/security/trustdomain/bundle.go ReplaceTrustDomainAliases.
 */
function inTrustDomain(principal: string, own: string): string {
  const [domain = '', ...rest] = principal.split('/');
  if (rest.length !== 4 || domain === '*') return principal;
  // Envoy matches a pattern at the beginning itself.
  if (domain.startsWith('*') && own.endsWith(domain.slice(1))) return principal;
  const fits = domain.endsWith('*') && own.startsWith(domain.slice(0, -1));
  return domain === 'cluster.local' || fits ? [own, ...rest].join('/') : principal;
}

/** `checkout` of the policy's own namespace, or `shop/checkout`, in any trust domain. */
export function accountMatch(value: string, { namespace }: Origin): object {
  const [own, account] = value.includes('/') ? (value.split('/', 2) as [string, string]) : [namespace, value];
  return authenticated(`spiffe://.+/ns/${quoted(own)}/(.+/|)sa/${quoted(account)}(/.+)?`);
}

/** A namespace's name, with `*` at either end. */
export function namespaceMatch(value: string): object {
  return authenticated(`.*/ns/${value.split('*').map(quoted).join('.*')}/.*`);
}

function authenticated(regex: string) {
  return { authenticated: { principal_name: { safe_regex: { regex } } } };
}
