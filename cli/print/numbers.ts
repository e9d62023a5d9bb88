/** `12,345`. */
export function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** A share between 0 and 1 as `9.3 %`; whole percents without a decimal where `exact` numbers are given, as in `10 %`. */
export function percent(share: number, exact = false): string {
  const value = share * 100;
  return `${exact ? Number(value.toFixed(2)) : value.toFixed(1)} %`;
}

/** Bytes as `412 MB`: megabytes of a million bytes. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** Milliseconds with two significant digits: `3.1`, `11`. */
export function millis(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

/** The percentile of a sorted list, `share` from 0 to 1; 0 for an empty list. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** `10:31`, in the user's time zone. */
export function clock(ms: number): string {
  const date = new Date(ms);
  return `${`${date.getHours()}`.padStart(2, '0')}:${`${date.getMinutes()}`.padStart(2, '0')}`;
}

/** A URL with `localhost` instead of the loopback address. */
export function readable(url: string): string {
  return url.replace('//127.0.0.1', '//localhost');
}
