import { z } from 'zod';

const UNITS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const WHOLE = /^((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$/;
const PART = /([\d.]+)(ns|us|µs|ms|s|m|h)/g;

/** A duration in Go's notation (time.ParseDuration), as in Istio. The result is in whole milliseconds, at least 1. */
export const duration = atLeast(1);

/** A duration that may be 0s. */
export const durationOrZero = atLeast(0);

function atLeast(least: number) {
  return z.string().transform((text, context): number => {
    const value = WHOLE.test(text) ? milliseconds(text) : Number.NaN;
    if (value >= least && Number.isInteger(value)) return value;
    const message = `must be a time of at least ${least} ms, in whole milliseconds, such as 250ms, 1.5s or 1m30s`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

function milliseconds(text: string): number {
  let sum = 0;
  for (const [, number, unit = ''] of text.matchAll(PART)) sum += Number(number) * (UNITS[unit] ?? 0);
  return Math.round(sum * 1e6) / 1e6;
}
