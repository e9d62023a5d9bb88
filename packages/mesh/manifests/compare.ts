/** For Array.sort. Strings byte by byte, as Go compares: the order must not depend on a locale. */
export function compare<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
