/** Microseconds in each unit of Go's durations, and in a day, which Jaeger's page also uses for its lookback. */
const UNITS: Record<string, number> = {
  ns: 0.001,
  us: 1,
  µs: 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
};

/** Microseconds of a duration in Go's notation, such as `1.5s` or `1h30m`; undefined for anything else. */
export function micros(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|[smhd]))+$/.test(text)) return undefined;
  const parts = text.matchAll(/([\d.]+)([a-zµ]+)/g);
  return [...parts].reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit!]!, 0);
}
