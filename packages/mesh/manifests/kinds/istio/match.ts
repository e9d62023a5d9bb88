import { z } from 'zod';
import { dnsLabel, labels, portNumber, strict } from '../schema.ts';
import { namedAbsence, namedMatch, pathMatch, stringMatch } from './string-match.ts';

const headerName = z.string().regex(/^(:method|:authority|:scheme|:path|[-!#$%&'*+.^_`|~0-9A-Za-z]+)$/, {
  error: 'is no name of a header',
});

/** A Gateway of the same namespace, of another (`shop/shop`), or `mesh`: all sidecars. */
export const gatewayName = z.string().regex(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?\/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, {
  error: 'must be "mesh", the name of a Gateway, or NAMESPACE/NAME',
});

/** All that is written must hold. Keys of headers are compared without regard to case by HTTP, so they are lower case in Istio. */
export const match = strict({
  name: z.string().optional(),
  uri: pathMatch.optional(),
  ignoreUriCase: z.boolean().optional(),
  scheme: stringMatch.optional(),
  method: stringMatch.optional(),
  authority: stringMatch.optional(),
  headers: z.record(headerName, namedMatch).default({}),
  withoutHeaders: z.record(headerName, namedAbsence).default({}),
  queryParams: z.record(z.string(), namedAbsence).default({}),
  port: portNumber.optional(),
  sourceLabels: labels.default({}),
  sourceNamespace: dnsLabel.optional(),
  gateways: z.array(gatewayName).default([]),
});

export type Match = z.output<typeof match>;
