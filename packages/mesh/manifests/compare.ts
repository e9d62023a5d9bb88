/** For Array.sort. Compares strings byte by byte, as Go does, so that the order does not depend on a locale. */
export function compare<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
