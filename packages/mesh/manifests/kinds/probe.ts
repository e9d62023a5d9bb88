import { z } from 'zod';
import { count, countOr, exactlyOne, portReference, strict, strings } from './schema.ts';

const headerName = z.string().regex(/^[-A-Za-z0-9]+$/, { error: 'must be letters, digits and "-"' });

const handlers = {
  httpGet: strict({
    path: z.string().default('/'),
    port: portReference,
    scheme: z.literal('HTTP', { error: 'must be HTTP (probes over TLS are not modelled locally)' }).default('HTTP'),
    httpHeaders: z.array(strict({ name: headerName, value: z.string().default('') })).optional(),
  }).optional(),
  tcpSocket: strict({ port: portReference }).optional(),
  exec: strict({ command: strings.min(1, { error: 'must name a command' }) }).optional(),
};

/** A probe with Kubernetes' defaults: every 10 s, a timeout of 1 s, failed after three failures in a row. Times in seconds. */
export const probe = strict({
  ...handlers,
  initialDelaySeconds: count.default(0),
  periodSeconds: countOr(10),
  timeoutSeconds: countOr(1),
  successThreshold: countOr(1),
  failureThreshold: countOr(3),
}).refine(exactlyOne('httpGet', 'tcpSocket', 'exec'), { error: 'must have one of httpGet, tcpSocket and exec' });

/** Only a readiness probe may require several successes in a row. */
export const singleSuccessProbe = probe.refine((value) => value.successThreshold === 1, {
  error: 'must be 1 for liveness and startup',
  path: ['successThreshold'],
});

export type Probe = z.output<typeof probe>;
