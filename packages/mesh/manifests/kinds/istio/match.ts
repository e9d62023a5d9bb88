import { z } from 'zod';
import { claimNames } from './claim-names.ts';
import { dnsLabel, portNumber, strict } from '../schema.ts';
import { isFullName, tags } from './shared.ts';
import { optionalMatchOrStar, optionalMatch, pathMatch, stringMatch } from './string-match.ts';

const HEADER = /^(:method|:authority|:scheme|:path|[-!#$%&'*+.^_`|~0-9A-Za-z]+)$/;

/** A header, or a claim of the request's token. */
const headerName = z.string().refine((name) => claimNames(name) !== undefined || HEADER.test(name), {
  error: 'is no name of a header',
});

/** Conditions by name; one on a claim has a value. */
function conditions<T extends z.ZodType>(value: T) {
  return z
    .record(headerName, value)
    .refine((all) => Object.entries(all).every(([name, one]) => one !== undefined || claimNames(name) === undefined), {
      error: 'must have exact, prefix or regex for a claim',
    });
}

/** A Gateway of the same namespace (`shop`) or of another one (`shop/shop`), or `mesh` for all sidecars. */
export const gatewayName = z.string().refine(isGatewayName, {
  error: 'must be "mesh", the name of a Gateway, or NAMESPACE/NAME',
});

/** A request matches if all fields match. Header names are lower case, as in Istio. */
export const match = strict({
  name: z.string().optional(),
  uri: pathMatch.optional(),
  ignoreUriCase: z.boolean().optional(),
  scheme: stringMatch.optional(),
  method: stringMatch.optional(),
  authority: stringMatch.optional(),
  headers: conditions(optionalMatch).default({}),
  withoutHeaders: conditions(optionalMatchOrStar).default({}),
  queryParams: z.record(z.string(), optionalMatch).default({}),
  /** In Istio 0 is none, and so is an empty namespace. */
  port: z
    .union([z.literal(0), portNumber], { error: 'must be a port from 1 to 65535' })
    .transform((port) => port || undefined)
    .optional(),
  sourceLabels: tags.default({}),
  sourceNamespace: z
    .union([z.literal(''), dnsLabel], { error: 'must be the name of a namespace' })
    .transform((name) => name || undefined)
    .optional(),
  gateways: z.array(gatewayName).default([]),
});

function isGatewayName(text: string): boolean {
  const [name = '', namespace = 'a', ...more] = text.split('/').toReversed();
  return more.length === 0 && dnsLabel.safeParse(namespace).success && isFullName(name);
}

export type Match = z.output<typeof match>;
