import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { ServiceConfig } from '../config.ts';

/**
 * One route of a service's contract: the OpenAPI document is made from operations, requests are checked against them
 * (route.ts), and tests check answers against them.
 */
export interface Operation {
  method: 'get' | 'post';
  /** In OpenAPI's form, e.g. `/orders/{id}`. */
  path: string;
  summary: string;
  request?: { headers?: z.ZodObject; query?: z.ZodObject; params?: z.ZodObject; body?: z.ZodType };
  responses: Record<number, { description: string; schema: z.ZodType }>;
}

/** An error as every service answers it (RFC 9457). */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  instance: z.string(),
  traceId: z.string().optional(),
});

/** An answer that is a problem. */
export const problem = (description: string) => ({ description, schema: problemSchema });

/** All operations of a service, by name. Write `satisfies Contract`, so that route() knows the schemas of each. */
export type Contract = Record<string, Operation>;

/** The OpenAPI 3.1 document of some operations. The generator is loaded at the first request, so that the start stays short. */
export async function openApiDocument(
  operations: Operation[],
  { name, version }: Pick<ServiceConfig, 'name' | 'version'>,
): Promise<object> {
  const { OpenAPIRegistry, OpenApiGeneratorV31, extendZodWithOpenApi } = await import('@asteasolutions/zod-to-openapi');
  extendZodWithOpenApi(z);
  const registry = new OpenAPIRegistry();
  for (const { method, path, summary, request, responses } of operations) {
    registry.registerPath({
      method,
      path,
      summary,
      request: {
        ...pick(request),
        ...(request?.body && { body: { content: json(request.body), required: isRequired(request.body) } }),
      },
      responses: Object.fromEntries(
        Object.entries(responses).map(([status, { description, schema }]) => [
          status,
          {
            description,
            content: json(schema, Number(status) < 400 ? 'application/json' : 'application/problem+json'),
          },
        ]),
      ),
    } as Parameters<typeof registry.registerPath>[0]);
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: name, version },
  });
}

function pick(request: Operation['request']) {
  const { headers, query, params } = request ?? {};
  return { ...(headers && { headers }), ...(query && { query }), ...(params && { params }) };
}

const isRequired = (schema: z.ZodType) => !schema.safeParse(undefined).success;

const json = (schema: z.ZodType, type = 'application/json') => ({ [type]: { schema } });

/** Serves the document at /openapi.json. */
export function openApiRoute(operations: Operation[], config: ServiceConfig): RequestHandler {
  let document: Promise<object> | undefined;
  return async function openApi(_req, res) {
    res.json(await (document ??= openApiDocument(operations, config)));
  };
}
