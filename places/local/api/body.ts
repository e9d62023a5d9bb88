import type { IncomingMessage } from 'node:http';
import { constants } from 'node:os';
import { z } from 'zod';
import { ApiError } from './request.ts';

/** Of a body, in bytes: ten files, each as large as one may be. */
const MOST_BYTES = 32 * 1024 * 1024;

const ref = z.strictObject({ kind: z.string(), namespace: z.string().optional(), name: z.string() });
const workload = ref.extend({ kind: z.enum(['Deployment', 'StatefulSet']) });
const files = z.strictObject({
  files: z.array(z.strictObject({ name: z.string(), path: z.string().optional(), text: z.string() })).optional(),
  kustomization: z.string().optional(),
  namespace: z.string().optional(),
});

/** The body of each request that has one, by its path. */
const BODIES: [path: RegExp, body: z.ZodType][] = [
  [/^\/apply$/, files.extend({ watch: z.boolean().optional() })],
  [/^\/delete$/, files.extend({ refs: z.array(ref).optional() })],
  [/^\/scale$/, z.strictObject({ ref: workload, replicas: z.int().min(0).max(2_147_483_647) })],
  [/^\/rollout\/restart$/, z.strictObject({ ref: workload })],
  [
    /\/kill$/,
    z.strictObject({ signal: z.enum(Object.keys(constants.signals)).optional(), container: z.string().optional() }),
  ],
];

/**
 * The JSON of a request, as its route takes it; an empty object for a path without a body. Throws ApiError for a body that is too
 * large, no JSON, or something else than the route takes.
 */
export async function bodyOf(req: IncomingMessage, path: string): Promise<never> {
  const text = await textOf(req);
  const schema = BODIES.find(([known]) => known.test(path))?.[1];
  if (schema === undefined || req.method !== 'POST') return {} as never;
  const { success, data, error } = schema.safeParse(jsonOf(text));
  if (success) return data as never;
  const { path: place = [], message } = error.issues[0] ?? {};
  throw new ApiError(400, `The body of POST ${path} is wrong at "${place.join('.')}": ${message}.`);
}

async function textOf(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of req as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= MOST_BYTES) parts.push(part);
  }
  if (bytes > MOST_BYTES) throw new ApiError(413, `The files have more than ${MOST_BYTES / 1024 / 1024} MiB together.`);
  return Buffer.concat(parts).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new ApiError(400, 'The body of the request is no JSON.');
  }
}
