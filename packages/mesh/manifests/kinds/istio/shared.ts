import { z } from 'zod';
import { labels, portNumber, strict } from '../schema.ts';

/** Pods by label; without one the object holds for its whole namespace. */
export const selector = strict({ matchLabels: labels.default({}) });

/** A share in per cent; Envoy counts in millionths, so a tenth of a thousandth is the least. */
export const percentage = strict({
  value: z
    .number()
    .refine((value) => value === 0 || (value >= 0.0001 && value <= 100), {
      error: 'must be 0, or from 0.0001 to 100',
    })
    .default(0),
});

/** A port by number, as Istio wraps it. */
export const portSelector = strict({ number: portNumber });

const hostError = { error: 'must be a host name, such as recommendations or *.example.org' };

/** Letters of a host name; a wildcard stands alone or in front of a dot. */
export const hostName = z
  .string()
  .regex(/^(\*|(\*\.|\*-)?[A-Za-z0-9_]([-A-Za-z0-9_.]{0,252}[A-Za-z0-9_])?\.?)$/, hostError);

/** Where something is sent: one host, no wildcard of all. */
export const destination = strict({
  host: hostName.refine((host) => host !== '*', { error: 'must name one host' }),
  subset: z.string().min(1, { error: 'must not be empty' }).optional(),
  port: portSelector.optional(),
});

export type Destination = z.output<typeof destination>;
