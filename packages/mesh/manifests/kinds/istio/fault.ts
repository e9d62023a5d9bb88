import { z } from 'zod';
import { strict } from '../schema.ts';
import { duration } from './duration.ts';
import { percentage } from './shared.ts';

const status = { error: 'must be a status from 200 to 599' };

/** What goes wrong on purpose, at the caller, before the request leaves (istio.io, HTTPFaultInjection). */
export const fault = strict({
  delay: strict({ fixedDelay: duration, percentage: percentage.optional() }).optional(),
  abort: strict({
    httpStatus: z.int(status).min(200, status).max(599, status),
    percentage: percentage.optional(),
  }).optional(),
}).refine(({ delay, abort }) => delay !== undefined || abort !== undefined, { error: 'must have delay or abort' });
