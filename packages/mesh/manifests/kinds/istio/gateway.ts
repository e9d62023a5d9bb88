import { z } from 'zod';
import { dnsLabel, envelope, portNumber, strict, uniqueBy } from '../schema.ts';
import { hostOrAddress } from './shared.ts';

const port = strict({
  number: portNumber,
  name: z.string().min(1, { error: 'must not be empty' }),
  protocol: z.literal('HTTP', { error: 'must be HTTP (other protocols are not modelled locally)' }),
});

/** `example.org`, or `shop/example.org` for the VirtualServices of one namespace; the namespace `.` is the Gateway's own. */
const host = z.string().superRefine((text, context) => {
  const name = text.replace(/^(\*|\.|[a-z0-9]([-a-z0-9]*[a-z0-9])?)\//, '');
  const isShort = name !== '*' && !name.includes('.');
  if (isShort || !hostOrAddress.safeParse(name).success)
    context.addIssue({ code: 'custom', message: 'must be a full host name, such as *, shop.example.org or shop/*' });
});

const server = strict({ port, hosts: z.array(host).min(1, { error: 'must name a host' }) });

/** The ports and hosts on which a gateway accepts requests from outside (istio.io, Gateway). TLS is not modelled. */
export const gateway = strict({
  ...envelope,
  metadata: envelope.metadata.extend({ name: dnsLabel }),
  spec: strict({
    selector: z.record(z.string(), z.string()).default({}),
    servers: z
      .array(server)
      .min(1, { error: 'must have an entry' })
      .superRefine((servers, context) => {
        const names = uniqueBy(z.object({ name: z.string() }), 'name').safeParse(servers.map((one) => one.port));
        for (const { path, message } of names.error?.issues ?? [])
          context.addIssue({ code: 'custom', path: [path[0] ?? 0, 'port', 'name'], message });
      }),
  }),
});
