import { JWT_FILTER, JWT_PAYLOAD } from '../filters/jwt.ts';
import { textMatch } from './attribute.ts';

/**
 * Whose token a request has: `ISSUER/SUBJECT`, with `*` at either end. Without a token none matches.
 * Source: istio/istio, pilot/pkg/security/authz/model/generator.go, requestPrincipalGenerator.
 */
export function tokenPrincipals(values: readonly string[]): object {
  const ids = values.map((value) => {
    const [issuer, subject] = issuerAndSubject(value);
    return { and_ids: { ids: [principal(['iss'], text(issuer)), principal(['sub'], text(subject))] } };
  });
  return ids.length === 1 ? ids[0]! : { or_ids: { ids } };
}

const ANY = { safe_regex: { regex: '.+' } };

/** The matchers of both parts. An issuer can be a URL, so the last slash divides; without one the text is the issuer's. */
function issuerAndSubject(value: string): [object, object] {
  const slash = value.lastIndexOf('/');
  const [issuer, subject] = slash < 0 ? [value, ''] : [value.slice(0, slash), value.slice(slash + 1)];
  if (value === '*') return [ANY, ANY];
  if (value.startsWith('*')) {
    if (slash < 0) return [ANY, { suffix: value.slice(1) }];
    return [issuer === '*' ? ANY : { suffix: issuer.slice(1) }, { exact: subject }];
  }
  if (!value.endsWith('*')) return [{ exact: issuer }, { exact: subject }];
  if (slash < 0) return [{ prefix: value.slice(0, -1) }, ANY];
  return [{ exact: issuer }, subject === '*' ? ANY : { prefix: subject.slice(0, -1) }];
}

/** Whether a claim of the token, or one entry of it where it is a list, has one of these values. */
function claimValues(path: readonly string[], values: readonly string[]): object {
  const matchers = values.map((value) => text(textMatch(value)));
  const value = matchers.length === 1 ? matchers[0]! : { or_match: { value_matchers: matchers } };
  return { metadata: claimMatcher(path, value) };
}

/**
 * Envoy's matcher of a claim, which may be a text or a list of texts.
 * @param path the claim's name, and names within it
 * Source: istio/istio, pilot/pkg/security/authz/matcher/metadata.go, MetadataListValueMatcher.
 */
export function claimMatcher(path: readonly string[], value: object): object {
  const either = { or_match: { value_matchers: [{ list_match: { one_of: value } }, value] } };
  return matcher(path, either);
}

const text = (matcher: object) => ({ string_match: matcher });
const matcher = (path: readonly string[], value: object) => ({
  filter: JWT_FILTER,
  path: [JWT_PAYLOAD, ...path].map((key) => ({ key })),
  value,
});
const principal = (path: readonly string[], value: object) => ({ metadata: matcher(path, value) });

/** Matches values of `request.auth.principal`, `.audiences`, `.presenter` or `.claims[NAME]`. */
export function tokenMatch(key: string): (values: readonly string[]) => object {
  const attribute = key.replace('request.auth.', '');
  if (attribute === 'principal') return tokenPrincipals;
  const path = { audiences: ['aud'], presenter: ['azp'] }[attribute] ?? claimPath(attribute.replace('claims', ''));
  return (values) => claimValues(path, values);
}

/** The names in `[group][id]`; one name where the brackets do not pair. Source: util.go there, extractNameInNestedBrackets. */
function claimPath(brackets: string): string[] {
  return /^(\[[^[\]]*\])+$/.test(brackets) ? brackets.slice(1, -1).split('][') : [brackets.slice(1, -1)];
}
