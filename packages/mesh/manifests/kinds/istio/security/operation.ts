import { z } from 'zod';
import { strict } from '../../schema.ts';
import { some, values } from './source.ts';

export const ports = z.array(
  z.string().refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65535, {
    error: 'must be a port from 0 to 65535',
  }),
);

/** A path, with `*` at one end (/orders/*), or with `{*}` for one segment and `{**}` for all remaining segments. */
const paths = z.array(
  z
    .string()
    .min(1, { error: 'must not be empty' })
    .refine(isPath, { error: 'must be a path; "{*}" stands for one whole segment, "{**}" for the last ones' }),
);

const fields = {
  hosts: values.optional(),
  notHosts: values.optional(),
  ports: ports.optional(),
  notPorts: ports.optional(),
  methods: values.optional(),
  notMethods: values.optional(),
  paths: paths.optional(),
  notPaths: paths.optional(),
};

/** A kind of request. All fields must match: one value of a field is enough; no value of a `not…` field may match. */
export const operation = strict(fields).refine((value) => some(...Object.values(value)), {
  error: 'must ask for something',
});

/** Source: istio/istio, pkg/config/security, CheckValidPathTemplate. */
function isPath(text: string): boolean {
  const template = text.includes('{*}') || text.includes('{**}');
  const segments = text.replaceAll(/^\/+|\/+$/g, '').split('/');
  const rest = segments.indexOf('{**}');
  if (rest >= 0 && segments.slice(rest + 1).some((segment) => /^\{\*\*?\}$/.test(segment))) return false;
  return segments.every((segment) => {
    if (/^\{\*\*?\}$/.test(segment)) return true;
    return !/[{}]/.test(segment) && (!template || /^[\w.~%!$&'()+,;:@=-]+$/.test(segment));
  });
}
