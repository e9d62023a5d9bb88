/**
 * A value of an AuthorizationPolicy as Envoy matches text: `*` is any but nothing, `x*` begins so, `*x` ends so.
 * Source: istio.io/istio pilot/pkg/security/authz/matcher.
 */
export function textMatch(value: string): object {
  if (value === '*') return { safe_regex: { regex: '.+' } };
  if (value.startsWith('*')) return { suffix: value.slice(1) };
  if (value.endsWith('*')) return { prefix: value.slice(0, -1) };
  return { exact: value };
}

/** The same of a header, where `*` only asks that it be there. */
export function headerMatch(name: string, value: string, ignoreCase = false): object {
  if (value === '*') return { header: { name, present_match: true } };
  return { header: { name, string_match: { ...textMatch(value), ...(ignoreCase && { ignore_case: true }) } } };
}

/** Text as a regular expression that means just itself (Go's QuoteMeta). */
export function quoted(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}
