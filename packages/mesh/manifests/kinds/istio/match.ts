import { z } from 'zod';
import { dnsLabel, portNumber, strict } from '../schema.ts';
import { isFullName, tags } from './shared.ts';
import { optionalMatchOrStar, optionalMatch, pathMatch, stringMatch } from './string-match.ts';

const headerName = z.string().regex(/^(:method|:authority|:scheme|:path|[-!#$%&'*+.^_`|~0-9A-Za-z]+)$/, {
  error: 'is no name of a header',
});

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
  headers: z.record(headerName, optionalMatch).default({}),
  withoutHeaders: z.record(headerName, optionalMatchOrStar).default({}),
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
