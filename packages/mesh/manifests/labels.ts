export type Labels = Readonly<Record<string, string>>;

/** What selectors see of a pod. */
export interface Pod {
  namespace: string;
  labels: Labels;
}

/** True if a selector matches the labels. An empty selector matches all labels. */
export function matches(labels: Labels, selector: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** True for a selector without labels: it selects everything. */
export function selectsAll(selector: Labels | undefined): boolean {
  return selector === undefined || Object.keys(selector).length === 0;
}
