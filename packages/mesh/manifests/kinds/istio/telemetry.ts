import { z } from 'zod';
import { envelope, strict } from '../schema.ts';
import { selector } from './shared.ts';

const range = { error: 'must be a percentage from 0 to 100' };

const tracing = strict({
  providers: z.array(strict({ name: z.string().min(1, { error: 'must not be empty' }) })).default([]),
  randomSamplingPercentage: z.number().min(0, range).max(100, range).optional(),
  disableSpanReporting: z.boolean().optional(),
});

/** How many requests are traced, and where their spans are sent (istio.io, Telemetry). Metrics and access logs are not modelled. */
export const telemetry = strict({
  ...envelope,
  spec: strict({ selector: selector.optional(), tracing: z.array(tracing).default([]) }).prefault({}),
});
