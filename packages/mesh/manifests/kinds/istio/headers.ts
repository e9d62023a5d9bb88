import { z } from 'zod';
import { isHost } from '../../host-header.ts';
import { strict } from '../schema.ts';

const notEmpty = z.string().min(1, { error: 'must not be an empty name' });

/** `%` begins one of Envoy's variables (%DOWNSTREAM_REMOTE_ADDRESS%); a plain one is written twice. */
const value = z.string().regex(/^(?:\t|[^%\p{Cc}]|%%|%[^%]+%)*$/u, {
  error: 'must be a header value: no control characters, and "%%" for a plain "%"',
});

const ofRequest = notEmpty.refine((name) => isHost(name) || !name.startsWith(':'), {
  error: 'must not begin with ":"',
});

const changeable = notEmpty.refine((name) => !isHost(name) && !name.startsWith(':'), {
  error: 'must be neither host nor begin with ":"',
});

function operations(names: z.ZodString) {
  return strict({
    set: z.record(names, value).default({}),
    add: z.record(names, value).default({}),
    remove: z.array(changeable).default([]),
  }).prefault({});
}

/** What is done to the headers of a request before it is sent on, and of its answer before it goes back. */
export const headers = strict({ request: operations(ofRequest), response: operations(changeable) });

export type Headers = z.output<typeof headers>;
