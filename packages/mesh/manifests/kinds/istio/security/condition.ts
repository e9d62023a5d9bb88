import { z } from 'zod';
import { strict } from '../../schema.ts';
import { accounts, addresses, values } from './source.ts';
import { ports } from './operation.ts';

/** The values that each attribute accepts. Filters' metadata are not modelled. */
const ATTRIBUTES: [name: RegExp, schema: z.ZodType<string[]>][] = [
  [/^request\.headers\[[^[\]]+\]$/, values],
  [/^request\.auth\.(principal|audiences|presenter)$/, values],
  [/^request\.auth\.claims\[.+\]$/, values],
  [/^source\.(namespace|principal)$/, values],
  [/^source\.serviceAccount$/, accounts],
  [/^(source|remote|destination)\.ip$/, addresses],
  [/^destination\.port$/, ports],
  [/^connection\.sni$/, values],
];

const KNOWN =
  'request.headers[NAME], request.auth.claims[NAME], source.principal, source.namespace, destination.port and their like';

/** A condition on one attribute of a request or connection (istio.io, Authorization Policy Conditions). */
export const condition = strict({
  key: z.string().refine((key) => ATTRIBUTES.some(([name]) => name.test(key)), {
    error: `is unknown or not modelled locally; known are ${KNOWN}`,
  }),
  values: values.default([]),
  notValues: values.default([]),
}).superRefine((value, context) => {
  if (value.values.length + value.notValues.length === 0)
    context.addIssue({ code: 'custom', message: 'must have values or notValues' });
  const schema = ATTRIBUTES.find(([name]) => name.test(value.key))?.[1];
  for (const field of ['values', 'notValues'] as const) {
    for (const { path, message } of schema?.safeParse(value[field]).error?.issues ?? [])
      context.addIssue({ code: 'custom', path: [field, ...path], message });
  }
});
