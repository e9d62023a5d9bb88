import type { Source } from '../../model/security/policy.ts';
import { attribute, type Attribute } from './attribute.ts';
import { quoted, textMatch } from './text.ts';

/** Who asks, in Istio's order. Everything is read from the SPIFFE id of the caller's certificate; without one nothing holds. */
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
