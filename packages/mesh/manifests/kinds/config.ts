import { z } from 'zod';
import { dataKey, dnsLabel, envelope, fitsData, only, qualifiedName, strict, TOO_LARGE } from './schema.ts';

const base64 = z
  .string({ error: 'must be a string (lists of bytes are not modelled locally)' })
  .refine(isBase64, { error: 'must be base64; plain text goes into stringData' });

/** In groups of four, and with line ends anywhere, which Go passes over (encoding/base64). */
function isBase64(text: string): boolean {
  const signs = text.replaceAll(/[\r\n]/g, '');
  return signs.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(signs);
}

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
