import { z } from 'zod';
import { dnsLabel, envelope, labels, only, portNumber, portReference, strict, strings, uniqueBy } from './schema.ts';

const servicePort = strict({
  name: dnsLabel.optional(),
  port: portNumber,
  targetPort: portReference.optional(),
  protocol: z.literal('TCP', { error: 'must be TCP (other protocols are not modelled locally)' }).default('TCP'),
  appProtocol: z.string().optional(),
});

export const service = strict({
  ...envelope,
  metadata: envelope.metadata.extend({ name: dnsLabel }),
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
    ipFamilies: strings.optional(),
    ipFamilyPolicy: only('SingleStack'),
    internalTrafficPolicy: only('Cluster'),
    sessionAffinity: only('None'),
    publishNotReadyAddresses: only(false),
    selector: labels,
    ports: uniqueBy(servicePort, 'port').refine((ports) => ports.length > 0, { error: 'must name a port' }),
  }).refine((spec) => spec.ports.length === 1 || spec.ports.every((port) => port.name !== undefined), {
    error: 'must all have a name when there are several',
    path: ['ports'],
  }),
});

export type Service = z.output<typeof service>;
export type ServicePort = z.output<typeof servicePort>;
