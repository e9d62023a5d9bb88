import { z } from 'zod';
import { dataKey, envelope, only, strict, strings } from './schema.ts';

const base64 = z.string().regex(/^(?:[A-Za-z0-9+/\s]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\s*$/, {
  error: 'must be base64; plain text goes into stringData',
});

export const configMap = strict({
  ...envelope,
  data: z.record(dataKey, z.string()).default({}),
  immutable: only(false),
});

export const secret = strict({
  ...envelope,
  type: z.string().default('Opaque'),
  immutable: only(false),
  data: z.record(dataKey, base64).default({}),
  stringData: z.record(dataKey, z.string()).default({}),
});

export const namespace = strict({ ...envelope, spec: strict({ finalizers: strings.optional() }).optional() });

export const serviceAccount = strict({ ...envelope, automountServiceAccountToken: z.boolean().optional() });
