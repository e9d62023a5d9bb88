export type Labels = Readonly<Record<string, string>>;

/** True if the labels carry all that a selector wants; an empty selector wants nothing. */
export function matches(labels: Labels, selector: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** True for a selector that names no label: it means everything. */
export function selectsAll(selector: Labels | undefined): boolean {
  return selector === undefined || Object.keys(selector).length === 0;
}
