import { type TracesServer, startTraces } from '../server.ts';

/** A trace store on free loopback ports, with the requests that tests send to it. */
export interface TestStore extends TracesServer {
  post(
    port: number,
    path: string,
    sent: { body: string | Uint8Array<ArrayBuffer>; type: string; encoding?: string },
  ): Promise<Response>;
  json<T>(path: string): Promise<{ status: number; body: Envelope<T> }>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Jaeger's envelope around every answer. */
export interface Envelope<T> {
  data: T;
  total: number;
  limit: number;
  offset: number;
  errors: { code?: number; msg: string; traceID?: string }[] | null;
}

/** Starts a store; `maxTraces` and `maxBytes` as in the configuration. */
export async function openStore({ maxTraces = 50, maxBytes = 1 << 26 } = {}): Promise<TestStore> {
  const server = await startTraces({
    host: '127.0.0.1',
    query: 0,
    zipkin: 0,
    otlp: 0,
    otlpGrpc: 0,
    thrift: 0,
    maxTraces,
    maxBytes,
  });
  const at = (port: number, path: string) => `http://127.0.0.1:${port}${path}`;
  return {
    ...server,
    post: (port, path, { body, type, encoding }) =>
      fetch(at(port, path), {
        method: 'POST',
        body,
        headers: { 'content-type': type, ...(encoding && { 'content-encoding': encoding }) },
      }),
    json: async <T>(path: string) => {
      const response = await fetch(at(server.ports.query, path));
      return { status: response.status, body: (await response.json()) as Envelope<T> };
    },
    [Symbol.asyncDispose]: server.close,
  };
}
