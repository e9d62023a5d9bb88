import { startTraces } from '../server.ts';

/** A trace store on free loopback ports, with the requests that tests send to it. */
export type TestStore = Awaited<ReturnType<typeof openStore>>;

type Sent = { body: string | Uint8Array<ArrayBuffer>; type: string; encoding?: string };

/** Jaeger's envelope around every answer. */
export interface Envelope<T> {
  data: T;
  total: number;
  limit: number;
  offset: number;
  errors: { code?: number; msg: string; traceID?: string }[] | null;
}

/** Starts a store; `maxTraces` and `maxBytes` as in the configuration. */
export async function openStore({ maxTraces = 50, maxBytes = 1 << 26 } = {}) {
  const free = { query: 0, zipkin: 0, otlp: 0, otlpGrpc: 0, thrift: 0 };
  const server = await startTraces({ host: '127.0.0.1', ...free, maxTraces, maxBytes });
  const at = (port: number, path: string) => `http://127.0.0.1:${port}${path}`;
  return {
    ...server,
    post(port: number, path: string, { body, type, encoding }: Sent): Promise<Response> {
      const headers = { 'content-type': type, ...(encoding && { 'content-encoding': encoding }) };
      return fetch(at(port, path), { method: 'POST', body, headers });
    },
    async json<T>(path: string) {
      const response = await fetch(at(server.ports.query, path));
      return { status: response.status, body: (await response.json()) as Envelope<T> };
    },
    [Symbol.asyncDispose]: server.close,
  };
}
