import { z } from 'zod';
import { dnsLabel, envelope, labels, portName, portNumber, portReference, strict, uniqueBy } from './schema.ts';

const servicePort = strict({
  name: portName.optional(),
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
    selector: labels,
    ports: uniqueBy(servicePort, 'port').refine((ports) => ports.length > 0, { error: 'must name a port' }),
  }).refine((spec) => spec.ports.length === 1 || spec.ports.every((port) => port.name !== undefined), {
    error: 'must all have a name when there are several',
    path: ['ports'],
  }),
});

export type Service = z.output<typeof service>;
export type ServicePort = z.output<typeof servicePort>;
