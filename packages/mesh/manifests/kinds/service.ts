import { z } from 'zod';
import {
  dnsLabel,
  envelope,
  labels,
  only,
  portNumber,
  portReference,
  qualifiedName,
  serviceName,
  strict,
  strings,
  uniqueBy,
} from './schema.ts';

const servicePort = strict({
  name: dnsLabel.optional(),
  port: portNumber,
  /** 0 is none: the port itself. */
  targetPort: z
    .union([z.literal(0), portReference], { error: 'must be a port number or the name of a port' })
    .transform((target) => target || undefined)
    .optional(),
  protocol: z.literal('TCP', { error: 'must be TCP (other protocols are not modelled locally)' }).default('TCP'),
  appProtocol: qualifiedName.optional(),
});

export const service = strict({
  ...envelope,
  metadata: envelope.metadata.extend({ name: serviceName }),
  spec: strict({
    type: z
      .literal('ClusterIP', { error: 'must be ClusterIP (other types of Service are not modelled locally)' })
      .default('ClusterIP'),
    // What an API server writes into every Service, and the only values that are modelled.
    clusterIP: z
      .string()
      .refine((address) => address !== 'None', {
        error: 'must not be None (headless Services are not modelled locally)',
      })
      .optional(),
    clusterIPs: strings.optional(),
    ipFamilies: z
      .array(z.literal('IPv4', { error: 'must be IPv4 (other families are not modelled locally)' }))
      .max(1, { error: 'must not have a family twice' })
      .optional(),
    ipFamilyPolicy: only('SingleStack'),
    internalTrafficPolicy: only('Cluster'),
    sessionAffinity: only('None'),
    publishNotReadyAddresses: only(false),
    /** A Service without one has no pods either: what a cluster gives it by hand is no kind of this mesh. */
    selector: labels.default({}),
    ports: uniqueBy(servicePort, 'port').refine((ports) => ports.length > 0, { error: 'must name a port' }),
  }).refine((spec) => spec.ports.length === 1 || spec.ports.every((port) => port.name !== undefined), {
    error: 'must all have a name when there are several',
    path: ['ports'],
  }),
});

export type Service = z.output<typeof service>;
export type ServicePort = z.output<typeof servicePort>;
