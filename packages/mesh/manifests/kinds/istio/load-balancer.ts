import { z } from 'zod';
import { count64, exactlyOne, strict } from '../schema.ts';
import { durationOrZero } from './duration.ts';

const name = z.string().min(1, { error: 'must not be empty (an empty name is not modelled locally)' });

const httpCookie = strict({
  name,
  path: z.string().optional(),
  /** 0: a session cookie. Absent: Envoy reads the cookie and never sets it. */
  ttl: durationOrZero.optional(),
});

const consistentHash = strict({
  httpHeaderName: name.optional(),
  httpCookie: httpCookie.optional(),
  useSourceIp: z
    .literal(true, { error: 'must be true where it is written (false is not modelled locally)' })
    .optional(),
  httpQueryParameterName: name.optional(),
  minimumRingSize: count64.optional(),
  ringHash: strict({ minimumRingSize: count64.optional() }).optional(),
})
  .refine(exactlyOne('httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'), {
    error:
      'must have one of httpHeaderName, httpCookie, useSourceIp and httpQueryParameterName (none is not modelled locally)',
  })
  .refine((value) => value.minimumRingSize === undefined || value.ringHash === undefined, {
    error: 'must have one of minimumRingSize and ringHash only',
  });

const SIMPLE = 'must be ROUND_ROBIN, LEAST_REQUEST, LEAST_CONN or RANDOM';

const simple = z
  .enum(['ROUND_ROBIN', 'LEAST_REQUEST', 'LEAST_CONN', 'RANDOM'], {
    error: ({ input }) =>
      input === 'PASSTHROUGH'
        ? `${SIMPLE} (PASSTHROUGH leaves the choice to the cluster and is not modelled locally)`
        : SIMPLE,
  })
  .transform((policy) => (policy === 'LEAST_CONN' ? 'LEAST_REQUEST' : policy));

/** How a pod of the host is chosen for a request. LEAST_CONN is the older name of LEAST_REQUEST. */
export const loadBalancer = strict({ simple: simple.optional(), consistentHash: consistentHash.optional() }).refine(
  exactlyOne('simple', 'consistentHash'),
  { error: 'must have one of simple and consistentHash (both are not modelled locally)' },
);
