import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeObject } from '../shop/objects.ts';

/** One request that the command sent. */
export interface ApiRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
}

/** An answer: JSON, or text as it stands. */
export interface Reply {
  status?: number;
  json?: unknown;
  text?: string;
}

/** Answers by method and path: `GET /status`. */
export type Routes = Record<string, Reply | ((request: ApiRequest) => Reply)>;

/** A listening fake shop, its state folder and the requests so far. */
export interface FakeShop extends AsyncDisposable {
  state: string;
  /** Every request so far. */
  asked: ApiRequest[];
}

/** A running shop's socket without a shop: answers `GET /path` from `routes`, `/resources` from `objects`, and 404 for anything else. */
export async function fakeShop(
  routes: Routes,
  objects: readonly KubeObject[] = [],
  folder?: string,
): Promise<FakeShop> {
  const state = folder ?? (await mkdtemp(join(tmpdir(), 'tuesday-cli-')));
  const asked: ApiRequest[] = [];
  const all: Routes = { 'GET /resources': ({ query }) => ({ json: chosen(objects, query) }), ...routes };
  const server = createServer((req, res) => {
    void readRequest(req).then((question) => {
      asked.push(question);
      const route = all[`${question.method} ${question.path}`];
      const {
        status = 200,
        json,
        text = JSON.stringify(json),
      } = (typeof route === 'function' ? route(question) : route) ?? {
        status: 404,
        json: { error: 'no such path' },
      };
      res.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(join(state, 'tuesday.sock'), resolve));
  return {
    state,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(state, { recursive: true, force: true });
    },
  };
}

async function readRequest(req: IncomingMessage): Promise<ApiRequest> {
  let text = '';
  for await (const chunk of req) text += String(chunk);
  const { pathname, searchParams } = new URL(req.url ?? '/', 'http://shop');
  const query = Object.fromEntries(searchParams);
  return { method: req.method ?? '', path: pathname, query, body: text === '' ? undefined : JSON.parse(text) };
}

function chosen(objects: readonly KubeObject[], { kind, namespace = '*', name }: Record<string, string>): KubeObject[] {
  return objects
    .filter((object) => kind === undefined || object.kind === kind)
    .filter(({ metadata }) => namespace === '*' || metadata.namespace === undefined || metadata.namespace === namespace)
    .filter(({ metadata }) => name === undefined || metadata.name === name);
}
