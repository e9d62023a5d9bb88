import { z } from 'zod';
import { count, exactlyOne, needed, portNumber, strict } from '../schema.ts';
import { duration } from './duration.ts';
import { headers } from './headers.ts';
import { match } from './match.ts';
import { retries } from './retries.ts';
import { destination, percentage } from './shared.ts';

const range = { error: 'must be a status from 200 to 599 (others are not modelled locally)' };
const status = z.int(range).min(200, range).max(599, range);

const httpStatus = status
  .optional()
  .refine((value) => value !== undefined, {
    error: 'must be written (an abort without a status is not modelled locally)',
  })
  .transform((value) => value ?? 0);

/** Fault injection, in the caller's proxy, before a request is sent (istio.io, HTTPFaultInjection). */
const fault = strict({
  delay: strict({ fixedDelay: needed(duration), percentage: percentage.optional() }).optional(),
  abort: strict({ httpStatus, percentage: percentage.optional() }).optional(),
}).refine(({ delay, abort }) => delay !== undefined || abort !== undefined, { error: 'must have delay or abort' });

const weighted = strict({ destination, weight: count.default(0), headers: headers.optional() });

/** Weights are proportions: 9 and 1 are 90 % and 10 %. Several destinations must not all have weight 0. */
const route = z.array(weighted).superRefine((destinations, context) => {
  const sum = destinations.reduce((total, one) => total + one.weight, 0);
  const message = 'weights of {object} add up to 0; at least one must be above it';
  if (destinations.length > 1 && sum === 0) context.addIssue({ code: 'custom', path: [0, 'weight'], message });
});

const rewrite = strict({ uri: z.string().optional(), authority: z.string().optional() }).refine(
  ({ uri = '', authority = '' }) => uri !== '' || authority !== '',
  { error: 'must have uri or authority' },
);

const redirect = strict({
  uri: z.string().optional(),
  authority: z.string().optional(),
  scheme: z
    .enum(['', 'http', 'https'], { error: 'must be http or https' })
    .transform((scheme) => scheme || undefined)
    .optional(),
  port: z.union([z.literal(0), portNumber]).optional(),
  redirectCode: z
    .number()
    .refine((code) => [301, 302, 303, 307, 308].includes(code), {
      error: 'must be 301, 302, 303, 307 or 308 (others are not modelled locally)',
    })
    .optional(),
}).refine(({ uri, authority, scheme, port }) => Boolean(uri || authority || scheme || port), {
  error: 'must have uri, authority, scheme or port (an empty one is not modelled locally)',
});

const directResponse = strict({ status, body: strict({ string: needed(z.string()) }).optional() });

const fields = strict({
  name: z.string().optional(),
  match: z.array(match).default([]),
  route: route.default([]),
  rewrite: rewrite.optional(),
  redirect: redirect.optional(),
  directResponse: directResponse.optional(),
  timeout: duration.optional(),
  retries: retries.optional(),
  fault: fault.optional(),
  mirror: destination.optional(),
  mirrorPercentage: percentage.optional(),
  mirrors: z.array(strict({ destination, percentage: percentage.optional() })).default([]),
  headers: headers.optional(),
});

/** The action for requests that match one of `match`. Of several routes the first one that matches is used. */
export const httpRoute = fields
  .refine(
    ({ route: destinations, ...rest }) =>
      exactlyOne('route', 'redirect', 'directResponse')({ ...rest, route: destinations.length > 0 || undefined }),
    { error: 'must have exactly one of route, redirect and directResponse' },
  )
  .refine(({ redirect: away, directResponse: answer, ...rest }) => !(away ?? answer) || !(rest.fault ?? rest.rewrite), {
    error: 'must not have fault or rewrite beside redirect or directResponse',
  })
  .refine(({ mirror, mirrors }) => mirror === undefined || mirrors.length === 0, {
    error: 'must not have both mirror and mirrors',
  });

export type HttpRoute = z.output<typeof httpRoute>;
