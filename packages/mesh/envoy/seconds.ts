const NANOS = 1_000_000_000;

/** Milliseconds as protobuf writes a duration in JSON: whole seconds, else with 3, 6 or 9 digits (`2s`, `0.800s`, `0.000100s`). */
export function seconds(milliseconds: number): string {
  const nanos = Math.round(milliseconds * 1_000_000);
  const digits = String(nanos % NANOS).padStart(9, '0');
  const fraction = digits.replace(/(000){1,3}$/, '');
  return `${Math.floor(nanos / NANOS)}${fraction === '' ? '' : `.${fraction}`}s`;
}
