import { z } from 'zod';
import { isHostHeader } from '../../host-header.ts';
import { strict } from '../schema.ts';

const notEmpty = z.string().min(1, { error: 'must not be an empty name' });

/**
 * `%` begins one of Envoy's command operators, which may have arguments and a length (`%REQ(X-USER?:PATH):10%`,
 * `%START_TIME(%s)%`); `%%` is a plain `%`. Source: envoyproxy.io, "Access logging", command operators.
 */
const value = z.string().regex(/^(?:\t|[^%\p{Cc}]|%%|%[A-Z0-9_]+(?:\([^)\p{Cc}]*\))?(?::\d+)?%)*$/u, {
  error: 'must be a header value: no control characters, and "%%" for a plain "%"',
});

const requestHeaderName = notEmpty.refine((name) => isHostHeader(name) || !name.startsWith(':'), {
  error: 'must not begin with ":"',
});

const otherHeaderName = notEmpty.refine((name) => !isHostHeader(name) && !name.startsWith(':'), {
  error: 'must be neither host nor begin with ":"',
});

function operations(names: z.ZodString) {
  return strict({
    set: z.record(names, value).default({}),
    add: z.record(names, value).default({}),
    remove: z.array(otherHeaderName).default([]),
  }).prefault({});
}

/** Header changes: of a request before it is forwarded, and of its response before it is returned. */
export const headers = strict({ request: operations(requestHeaderName), response: operations(otherHeaderName) });

export type Headers = z.output<typeof headers>;
