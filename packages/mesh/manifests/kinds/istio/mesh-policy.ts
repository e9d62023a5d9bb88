import { z } from 'zod';
import { envelope, strict } from '../schema.ts';

/** A written `mtls: {}` means STRICT here (istio.io 1.1, authentication/v1alpha1). */
const mtls = strict({ mode: z.enum(['STRICT', 'PERMISSIVE']).default('STRICT') }).prefault({});

/** Istio's mesh-wide policy until 1.5; there was one, of this name, and its other fields are not modelled. */
export const meshPolicy = strict({
  ...envelope,
  metadata: envelope.metadata.omit({ namespace: true }).extend({ name: z.literal('default') }),
  spec: strict({ peers: z.array(strict({ mtls })).length(1, { error: 'must have one entry, with mtls' }) }),
});

export type MeshPolicy = z.output<typeof meshPolicy>;
