import { z } from 'zod';
import { selectsAll } from '../../../labels.ts';
import { envelope, strict } from '../../schema.ts';
import { selector } from '../shared.ts';

/** UNSET inherits: a workload's mode from the namespace, a namespace's mode from the mesh. */
const mtls = strict({ mode: z.enum(['STRICT', 'PERMISSIVE', 'DISABLE', 'UNSET']).default('UNSET') });

const port = z.string().refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535, {
  error: 'must be a port from 1 to 65535',
});

/** Whether workloads accept plaintext, mutual TLS or both (istio.io, PeerAuthentication). Ports are container ports. */
export const peerAuthentication = strict({
  ...envelope,
  spec: strict({
    selector: selector.optional(),
    mtls: mtls.optional(),
    portLevelMtls: z
      .record(port, mtls)
      .refine((ports) => Object.keys(ports).length > 0, {
        error: 'must name a port (none is not modelled locally)',
      })
      .default({}),
  })
    .refine((spec) => Object.keys(spec.portLevelMtls).length === 0 || !selectsAll(spec.selector?.matchLabels), {
      error: 'must stand beside a selector with labels: a mode for a port holds for chosen pods only',
      path: ['portLevelMtls'],
    })
    .prefault({}),
});

/** In a MeshPolicy `mtls: {}` means STRICT (istio.io 1.1, authentication/v1alpha1). */
const mtlsOfMeshPolicy = strict({ mode: z.enum(['STRICT', 'PERMISSIVE']).default('STRICT') }).prefault({});

/** Istio's mesh-wide policy until 1.5. Its name was always `default`. Other fields are not modelled. */
export const meshPolicy = strict({
  ...envelope,
  metadata: envelope.metadata.omit({ namespace: true }).extend({ name: z.literal('default') }),
  spec: strict({
    peers: z.array(strict({ mtls: mtlsOfMeshPolicy })).length(1, { error: 'must have one entry, with mtls' }),
  }),
});
