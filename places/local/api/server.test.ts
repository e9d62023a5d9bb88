import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { askSocket } from '../network/unix-socket.ts';
import type { ApiShop } from './request.ts';
import { serveApi } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'api-'));
const socket = join(folder, 'api.sock');
const scaled: unknown[] = [];
let server: Awaited<ReturnType<typeof serveApi>>;

beforeAll(async () => {
  const changes = { scale: (request: unknown) => (scaled.push(request), {}) };
  server = await serveApi({ changes } as unknown as ApiShop, socket);
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function post(path: string, body: unknown) {
  const { status, text } = await askSocket(socket, { method: 'POST', path, body });
  return { status, error: (JSON.parse(text) as { error?: string }).error };
}

const ref = { kind: 'Deployment', namespace: 'shop', name: 'billing-v1' };

test('When a body is what the route takes, then the shop gets it', async () => {
  expect(await post('/scale', { ref, replicas: 2 })).toEqual({ status: 200 });
  expect(scaled).toEqual([{ ref, replicas: 2 }]);
});

test.each([
  ['/scale', { ref, replicas: -1 }, 'replicas'],
  ['/scale', { ref, replicas: 2 ** 31 }, 'replicas'],
  ['/scale', { ref: { ...ref, kind: 'Secret' }, replicas: 1 }, 'ref.kind'],
  ['/scale', [], ''],
  ['/rollout/restart', {}, 'ref'],
  ['/apply', { files: [{ name: 1, text: '' }] }, 'files.0.name'],
  ['/apply', { files: {} }, 'files'],
  ['/apply', JSON.parse('{ "__proto__": { "files": [] } }'), ''],
  ['/delete', { refs: ['a'] }, 'refs.0'],
  ['/pods/shop/a/kill', { signal: 'SIGNONE' }, 'signal'],
])('When %s has the body %j, then the answer is 400 and names the place', async (path, body, place) => {
  const { status, error } = await post(path, body);
  expect(status).toBe(400);
  expect(error).toContain(`The body of POST ${path} is wrong at "${place}": `);
});

test('When an address or a body cannot be read, or is too large, then one sentence says so', async () => {
  expect(await post('/pods/%zz/a/kill', {})).toEqual({
    status: 400,
    error: 'The address of the request cannot be read.',
  });
  expect(await post('/apply', { files: [{ name: 'a', text: 'x'.repeat(33 * 1024 * 1024) }] })).toEqual({
    status: 413,
    error: 'The files have more than 32 MiB together.',
  });
});
