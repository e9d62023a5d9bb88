export type Labels = Readonly<Record<string, string>>;

/** True for a selector that names no label: it means everything. */
export function selectsAll(wanted: Labels | undefined): boolean {
  return wanted === undefined || Object.keys(wanted).length === 0;
}
