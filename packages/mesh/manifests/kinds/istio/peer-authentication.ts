import { z } from 'zod';
import { envelope, strict } from '../schema.ts';
import { selector } from './shared.ts';

/** UNSET asks the next wider object: workload, namespace, mesh. */
const mtls = strict({ mode: z.enum(['STRICT', 'PERMISSIVE', 'DISABLE', 'UNSET']).default('UNSET') });

const port = z.string().refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535, {
  error: 'must be a port from 1 to 65535',
});

/** Who must speak mutual TLS to whom (istio.io, PeerAuthentication). Ports are the pods', not the Services'. */
export const peerAuthentication = strict({
  ...envelope,
  spec: strict({
    selector: selector.optional(),
    mtls: mtls.optional(),
    portLevelMtls: z
      .record(port, mtls)
      .refine((ports) => Object.keys(ports).length > 0, { error: 'must name a port' })
      .default({}),
  })
    .refine(
      ({ selector: pods, portLevelMtls }) =>
        Object.keys(portLevelMtls).length === 0 || Object.keys(pods?.matchLabels ?? {}).length > 0,
      {
        error: 'must stand beside a selector with labels: a mode for a port holds for chosen pods only',
        path: ['portLevelMtls'],
      },
    )
    .prefault({}),
});

export type PeerAuthentication = z.output<typeof peerAuthentication>;

/** A written `mtls: {}` means STRICT here (istio.io 1.1, authentication/v1alpha1). */
const mtlsOfMeshPolicy = strict({ mode: z.enum(['STRICT', 'PERMISSIVE']).default('STRICT') }).prefault({});

/** Istio's mesh-wide policy until 1.5; there was one, of this name, and its other fields are not modelled. */
export const meshPolicy = strict({
  ...envelope,
  metadata: envelope.metadata.omit({ namespace: true }).extend({ name: z.literal('default') }),
  spec: strict({
    peers: z.array(strict({ mtls: mtlsOfMeshPolicy })).length(1, { error: 'must have one entry, with mtls' }),
  }),
});
