import type { Source } from '../../model/security/policy.ts';
import { type Attribute, attribute, quoted, textMatch } from './attribute.ts';

/**
 * The attributes of a source (`from`), in Istio's order. All of them match the SPIFFE id of the caller's certificate; without
 * a certificate none matches. Source: istio.io/istio pilot/pkg/security/authz/model/model.go, New, and generator.go.
 */
export function sourceAttributes(source: Source, namespace: string): Attribute[] {
  return [
    attribute([source.principals, source.notPrincipals], principalMatch),
    attribute([source.serviceAccounts, source.notServiceAccounts], (value) => accountMatch(value, namespace)),
    attribute([source.namespaces, source.notNamespaces], namespaceMatch),
  ];
}

/** `cluster.local/ns/shop/sa/checkout`, with `*` at either end. */
export function principalMatch(value: string): object {
  if (value !== '*' && value.startsWith('*')) return authenticated(`spiffe://.*${quoted(value.slice(1))}`);
  const name = value === '*' ? textMatch(value) : textMatch(`spiffe://${value}`);
  return { authenticated: { principal_name: name } };
}

/** `checkout` of the policy's own namespace, or `shop/checkout`, in any trust domain. */
export function accountMatch(value: string, namespace: string): object {
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
