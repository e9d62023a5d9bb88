/** Where an attribute can be seen: on any connection, in HTTP only, or nowhere in this mesh. */
export type Seen = 'always' | 'http' | 'never';

/** One thing that a rule asks about: of its values one is enough, of the others none may hold. */
export interface Attribute {
  seen: Seen;
  values: readonly string[];
  notValues: readonly string[];
  match(value: string): object;
}

/** Builds an attribute from what may be absent. */
export function attribute(
  [values, notValues]: [string[] | undefined, string[] | undefined],
  match: (value: string) => object,
  seen: Seen = 'always',
): Attribute {
  return { seen, values: values ?? [], notValues: notValues ?? [], match };
}

/** True if the rule asks about it at all. */
export function isAsked({ values, notValues }: Attribute): boolean {
  return values.length > 0 || notValues.length > 0;
}
