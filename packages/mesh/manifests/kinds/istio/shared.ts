import { z } from 'zod';
import { labels, portNumber, strict } from '../schema.ts';

/** Selects pods by label. An object without a selector applies to its whole namespace. */
export const selector = strict({ matchLabels: labels.default({}) });

/** A percentage. Envoy counts in millionths, so the smallest value above 0 is 0.0001. */
export const percentage = strict({
  value: z
    .number()
    .refine((value) => value === 0 || (value >= 0.0001 && value <= 100), { error: 'must be 0, or from 0.0001 to 100' })
    .default(0),
});

/** A port number, written as `{ number: 80 }`. */
export const portSelector = strict({ number: portNumber });

/** A host name: `*`, a name that begins with `*.` or `*-`, or a name without a wildcard. */
export const hostName = z.string().regex(/^(\*|(\*\.|\*-)?[A-Za-z0-9_]([-A-Za-z0-9_.]{0,252}[A-Za-z0-9_])?\.?)$/, {
  error: 'must be a host name, such as recommendations or *.example.org',
});

/** The target of a route: a host, a subset and a port. The host is not `*`. */
export const destination = strict({
  host: hostName.refine((host) => host !== '*', { error: 'must name one host' }),
  subset: z.string().min(1, { error: 'must not be empty' }).optional(),
  port: portSelector.optional(),
});

export type Destination = z.output<typeof destination>;
