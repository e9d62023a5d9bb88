export type Labels = Readonly<Record<string, string>>;

/** True if all wanted labels are there with their values; nothing wanted is always there. */
export function carries(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** True for a selector that names no label: it means everything. */
export function selectsAll(wanted: Labels | undefined): boolean {
  return wanted === undefined || Object.keys(wanted).length === 0;
}
