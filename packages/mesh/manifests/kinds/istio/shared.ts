import { isIP } from 'node:net';
import { z } from 'zod';
import { needed, strict } from '../schema.ts';

const LABEL = '[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?';
const FIRST_LABEL = new RegExp(`^(\\*|(\\*-?)?${LABEL})$`);
const OTHER_LABEL = new RegExp(`^${LABEL}$`);
/** Of a DNS label. */
const MOST_LETTERS = 63;

/** Selects pods by label. An object without a selector applies to its whole namespace. */
export const selector = strict({
  matchLabels: z
    .record(
      z.string().regex(/^[^*]+$/, { error: 'is no name of a label' }),
      z.string().regex(/^[^*]{0,63}$/, { error: 'must be at most 63 characters without "*"' }),
    )
    .default({}),
});

/**
 * Labels by which calls or pods are chosen. A value may be longer than one that a pod can have. Source: istio/istio,
 * pkg/config/labels/instance.go Validate.
 */
export const tags = z.record(
  z.string().regex(/^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/, {
    error: 'is no name of a label',
  }),
  z.string().regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/, {
    error: 'must be a label value: letters, digits, "-", "_" and "."',
  }),
);

/** A percentage. Envoy counts in millionths, so the smallest value above 0 is 0.0001. */
export const percentage = strict({
  value: z
    .number()
    .refine((value) => value === 0 || (value >= 0.0001 && value <= 100), { error: 'must be 0, or from 0.0001 to 100' })
    .default(0),
});

const PORT = { error: 'must be a port from 1 to 65535 (others are not modelled locally)' };

/** A port number, written as `{ number: 80 }`. */
export const portSelector = strict({
  number: needed(z.int(PORT).min(1, PORT).max(65_535, PORT)),
});

const HOST = { error: 'must be a host name, such as recommendations or *.example.org' };

/** A host name: `*`, a name that begins with `*.` or `*-`, or a name without a wildcard. */
export const hostName = z.string().refine(isHostName, HOST);

/** The same, or an IP address. */
/** A name without a wildcard whose last part is no number. Source: validation.go there, ValidateFQDN. */
export function isFullName(text: string): boolean {
  return !text.includes('*') && isHostName(text) && !/^[-+]?\d+$/.test(text.split('.').at(-1) ?? '');
}

export const hostOrAddress = z.string().refine((text) => isHostName(text) || isIP(text) !== 0, HOST);

const SUBSET = 'must be a name of letters, digits and "-", at most 63 characters';

/** The name of a subset: a DNS label, in letters of either case. */
export const subsetName = z.string().refine(isLabel, { error: SUBSET });

/** The target of a route: a host, a subset and a port. The host is not `*`. */
export const destination = strict({
  host: hostName.refine((host) => host !== '*', { error: 'must name one host' }),
  /** In Istio an empty name is none. */
  subset: z
    .union([z.literal(''), subsetName], { error: SUBSET })
    .transform((name) => name || undefined)
    .optional(),
  port: portSelector.optional(),
});

export type Destination = z.output<typeof destination>;

/**
 * Labels of at most 63 characters, of which only the first may begin with a wildcard, and the last is no number. Source:
 * istio/istio, pkg/config/validation/agent/validation.go ValidateWildcardDomain.
 */
function isHostName(text: string): boolean {
  const [first = '', ...others] = text.split('.');
  const last = others.at(-1);
  // A dot at the end marks a complete name.
  const labels = last === '' ? others.slice(0, -1) : others;
  if (text.length > 255 || (last !== undefined && /^[-+]?\d+$/.test(last))) return false;
  return first.length <= MOST_LETTERS && FIRST_LABEL.test(first) && labels.every(isLabel);
}

function isLabel(text: string): boolean {
  return text.length <= MOST_LETTERS && OTHER_LABEL.test(text);
}
