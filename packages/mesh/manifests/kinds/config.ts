import { z } from 'zod';
import { dataKey, dnsLabel, envelope, fitsData, only, qualifiedName, strict, TOO_LARGE } from './schema.ts';

const base64 = z
  .string({ error: 'must be a string (lists of bytes are not modelled locally)' })
  .regex(/^(?:[A-Za-z0-9+/\s]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\s*$/, {
    error: 'must be base64; plain text goes into stringData',
  });

const data = z.record(dataKey, z.string()).refine((texts) => fitsData(texts), { error: TOO_LARGE });

export const configMap = strict({
  ...envelope,
  data: data.default({}),
  immutable: only(false),
});

export const secret = strict({
  ...envelope,
  type: z.string().default('Opaque'),
  immutable: only(false),
  data: z
    .record(dataKey, base64)
    .refine((texts) => fitsData(texts, 'base64'), { error: TOO_LARGE })
    .default({}),
  stringData: data.default({}),
});

const finalizer = z
  .string()
  .refine((name) => name === 'kubernetes' || (name.includes('/') && qualifiedName.safeParse(name).success), {
    error: 'must be kubernetes, or a name after a domain and "/"',
  });

export const namespace = strict({
  ...envelope,
  metadata: envelope.metadata.extend({ name: dnsLabel }),
  spec: strict({ finalizers: z.array(finalizer).optional() }).optional(),
});

export const serviceAccount = strict({ ...envelope, automountServiceAccountToken: z.boolean().optional() });
