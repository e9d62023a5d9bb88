/** Orders names by their code units: the same everywhere, whatever the machine's language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
