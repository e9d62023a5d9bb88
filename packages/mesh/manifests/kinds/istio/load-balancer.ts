import { z } from 'zod';
import { count, exactlyOne, strict } from '../schema.ts';
import { durationOrZero } from './duration.ts';

const name = z.string().min(1, { error: 'must not be empty' });

const httpCookie = strict({
  name,
  path: z.string().optional(),
  /** 0: a cookie that ends with the browser's session. Absent: the cookie is read and never set. */
  ttl: durationOrZero.optional(),
});

const SOURCES = ['httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'];

const consistentHash = strict({
  httpHeaderName: name.optional(),
  httpCookie: httpCookie.optional(),
  useSourceIp: z.literal(true, { error: 'must be true where it is written' }).optional(),
  httpQueryParameterName: name.optional(),
  minimumRingSize: count.optional(),
  ringHash: strict({ minimumRingSize: count.optional() }).optional(),
})
  .refine(exactlyOne(...SOURCES), {
    error: 'must have one of httpHeaderName, httpCookie, useSourceIp and httpQueryParameterName',
  })
  .refine((value) => value.minimumRingSize === undefined || value.ringHash === undefined, {
    error: 'must have one of minimumRingSize and ringHash only',
  });

const simple = z
  .enum(['ROUND_ROBIN', 'LEAST_REQUEST', 'LEAST_CONN', 'RANDOM', 'PASSTHROUGH'])
  .transform((way) => (way === 'LEAST_CONN' ? 'LEAST_REQUEST' : way));

/** Which pod of a host a request goes to. LEAST_CONN, the older name, is read as LEAST_REQUEST. */
export const loadBalancer = strict({ simple: simple.optional(), consistentHash: consistentHash.optional() }).refine(
  exactlyOne('simple', 'consistentHash'),
  { error: 'must have one of simple and consistentHash' },
);
