import { z } from 'zod';

const UNITS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const WHOLE = /^((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$/;
const PART = /([\d.]+)(ns|us|µs|ms|s|m|h)/g;

/** Go's way to write a time (time.ParseDuration), as Istio reads it; given as milliseconds. At least 1 ms, and whole ones. */
export const duration = notBelow(1);

/** A time that may be 0s. */
export const durationOrZero = notBelow(0);

function notBelow(least: number) {
  return z.string().transform((text, context): number => {
    const value = WHOLE.test(text) ? milliseconds(text) : Number.NaN;
    if (value >= least && Number.isInteger(value)) return value;
    const message = `must be a time of at least ${least} ms, in whole milliseconds, such as 250ms, 1.5s or 1m30s`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

function milliseconds(text: string): number {
  const sum = [...text.matchAll(PART)].reduce(
    (so, [, number, unit = '']) => so + Number(number) * (UNITS[unit] ?? 0),
    0,
  );
  return Math.round(sum * 1e6) / 1e6;
}
