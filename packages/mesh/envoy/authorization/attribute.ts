/** One attribute of a rule: it must have one of `values` and none of `notValues`. */
export interface Attribute {
  /** Where Envoy has it: on every connection, only in HTTP, or never in this mesh. */
  known: 'always' | 'http' | 'never';
  values: readonly string[];
  notValues: readonly string[];
  /** Matches one of the values; `anyOf` is Envoy's "or" for matches of single values. */
  matchAny(values: readonly string[], anyOf: (matches: object[]) => object): object;
}

/** An attribute of the request's token, which Envoy matches as a whole. */
export function tokenAttribute(
  [values = [], notValues = []]: [string[] | undefined, string[] | undefined],
  matchAny: (values: readonly string[]) => object,
): Attribute {
  return { known: 'http', values, notValues, matchAny };
}

/** Makes an attribute; absent lists count as empty. */
export function attribute(
  [values = [], notValues = []]: [string[] | undefined, string[] | undefined],
  match: (value: string) => object,
  known: Attribute['known'] = 'always',
): Attribute {
  return { known, values, notValues, matchAny: (all, anyOf) => anyOf(all.map(match)) };
}

/** True if the rule depends on the attribute. */
export function isUsed({ values, notValues }: Attribute): boolean {
  return values.length > 0 || notValues.length > 0;
}

/**
 * A value of an AuthorizationPolicy as an Envoy StringMatcher: `*` is any text but the empty one, `x*` a prefix, `*x` a
 * suffix. Source: istio.io/istio pilot/pkg/security/authz/matcher/string.go.
 */
export function textMatch(value: string): object {
  if (value === '*') return { safe_regex: { regex: '.+' } };
  if (value.startsWith('*')) return { suffix: value.slice(1) };
  if (value.endsWith('*')) return { prefix: value.slice(0, -1) };
  return { exact: value };
}

/** The same for a header, where `*` means that the header is present. Source: header.go there. */
export function headerMatch(name: string, value: string, ignoreCase = false): object {
  if (value === '*') return { header: { name, present_match: true } };
  return { header: { name, string_match: { ...textMatch(value), ...(ignoreCase && { ignore_case: true }) } } };
}

/** Text as a regular expression that matches only this text (Go's regexp.QuoteMeta). */
export function quoted(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}
