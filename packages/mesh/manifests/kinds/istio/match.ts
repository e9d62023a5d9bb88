import { z } from 'zod';
import { dnsLabel, labels, portNumber, strict } from '../schema.ts';
import { optionalMatchOrStar, optionalMatch, pathMatch, stringMatch } from './string-match.ts';

const headerName = z.string().regex(/^(:method|:authority|:scheme|:path|[-!#$%&'*+.^_`|~0-9A-Za-z]+)$/, {
  error: 'is no name of a header',
});

/** A Gateway of the same namespace (`shop`) or of another one (`shop/shop`), or `mesh` for all sidecars. */
export const gatewayName = z.string().regex(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?\/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, {
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
  queryParams: z.record(z.string(), optionalMatchOrStar).default({}),
  port: portNumber.optional(),
  sourceLabels: labels.default({}),
  sourceNamespace: dnsLabel.optional(),
  gateways: z.array(gatewayName).default([]),
});

export type Match = z.output<typeof match>;
