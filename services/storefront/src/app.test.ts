import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { createStorefront } from './app.ts';
import { readConfig } from './config.ts';
import { contract } from './contract.ts';
import { newKey, sessionKeys } from './testing/session-keys.ts';

const dist = await mkdtemp(join(tmpdir(), 'storefront-dist-'));
await mkdir(join(dist, 'assets'));
await writeFile(join(dist, 'index.html'), '<!doctype html><title>Tirsdag</title>');
await writeFile(join(dist, 'assets/index-abc123.js'), 'export {}');

const servedBy = { service: 'recommendations', version: 'v2', pod: 'recommendations-v2-x', peer: null };
let asked: string[] = [];
let reply: RequestListener;
const recommendations = createServer((req, res) => {
  asked.push(`${req.method} ${req.url}`);
  reply(req, res);
});
await new Promise<void>((resolve) => recommendations.listen(0, '127.0.0.1', resolve));

const json =
  (status: number, body: object): RequestListener =>
  (_req, res) =>
    void res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const start = (folder: string, port = (recommendations.address() as AddressInfo).port) => {
  const env = {
    SERVICE_NAME: 'storefront',
    SESSION_KEYS: sessionKeys(newKey('a')),
    POD_NAME: 'storefront-v1-y',
    RECOMMENDATIONS_URL: `http://127.0.0.1:${port}`,
  };
  return createStorefront(readConfig(env), folder);
};
const service = start(dist);

beforeEach(() => {
  asked = [];
  reply = json(200, { recommendations: [{ sku: 'stove', reason: 'bought together 3 times' }], servedBy });
});
afterAll(async () => {
  await service.stop();
  recommendations.closeAllConnections();
  await new Promise((resolve) => recommendations.close(resolve));
  await rm(dist, { recursive: true });
});

describe('the page', () => {
  test('When the page is asked for, then it comes with a policy that allows its own parts only', async () => {
    const { status, headers } = await request(service.app).get('/');
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      expect.stringContaining('text/html'),
      'no-cache',
    ]);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|upgrade-insecure-requests/);
  });

  test('When a hashed file is asked for, then browsers may keep it for ever', async () => {
    const { status, headers } = await request(service.app).get('/assets/index-abc123.js');
    expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  });

  test.each([
    '/index.html',
    '/assets/missing.js',
    '/assets/',
    '/assets/..%2findex.html',
    '/favicon.ico',
    '/src/main.ts',
  ])('When %s is asked for, then there is nothing', async (path) => {
    const { status, headers } = await request(service.app).get(path);
    expect([status, headers['content-type']]).toEqual([404, expect.stringContaining('application/problem+json')]);
  });

  test('When the page is not built, then the service is alive but not ready', async () => {
    const unbuilt = start(join(dist, 'nowhere'));
    expect((await request(unbuilt.app).get('/readyz')).status).toBe(503);
    expect((await request(unbuilt.app).get('/healthz')).status).toBe(200);
    expect((await request(service.app).get('/readyz')).status).toBe(200);
    await unbuilt.stop();
  });
});

describe('recommendations for a basket', () => {
  test('When the basket is sent, then recommendations is asked for just that, and its evidence passed on', async () => {
    const { status, body } = await request(service.app).get('/api/recommendations?sku=tent&sku=mat&limit=3');
    expect(asked).toEqual(['GET /recommendations?sku=tent&sku=mat&limit=3']);
    expect([status, body]).toEqual([
      200,
      {
        recommendations: [{ sku: 'stove', reason: 'bought together 3 times' }],
        hops: [{ ...servedBy, calledBy: 'storefront', ms: expect.any(Number) }],
        servedBy: { service: 'storefront', version: 'v1', pod: 'storefront-v1-y', peer: null },
      },
    ]);
    expect(contract.recommend.responses[200].schema.safeParse(body).success).toBe(true);
  });

  test('When one product is in the basket, then one is asked for', async () => {
    await request(service.app).get('/api/recommendations?sku=tent').expect(200);
    expect(asked).toEqual(['GET /recommendations?sku=tent']);
  });

  test.each(['limit=0', 'limit=many', 'limit=13', 'sku=', 'unknown=1', `sku=${'x'.repeat(65)}`])(
    'When the question is ?%s, then 400 and recommendations is not called',
    async (query) => {
      const { status, body } = await request(service.app).get(`/api/recommendations?${query}`);
      expect([status, body.code, asked]).toEqual([400, 'invalid-request', []]);
    },
  );

  test('When recommendations refuses, then its reason is passed on', async () => {
    reply = json(400, { status: 400, code: 'unknown-sku', title: 'The shop has no such product' });
    const { status, headers, body } = await request(service.app).get('/api/recommendations?sku=yacht');
    expect([status, body.code]).toEqual([400, 'unknown-sku']);
    expect(headers['content-type']).toContain('application/problem+json');
  });

  test.each([
    ['fails', json(500, { title: 'secret of the inside' }), 502, 'upstream-failed'],
    ['answers in another shape', json(200, { recommendations: [{ id: 1 }], servedBy }), 502, 'upstream-failed'],
    ['hangs', () => undefined, 504, 'upstream-timeout'],
  ] as const)(
    'When recommendations %s, then a problem that reveals nothing',
    async (_case, listener, expected, code) => {
      reply = listener;
      const { status, body } = await request(service.app).get('/api/recommendations?sku=tent');
      expect([status, body.code]).toEqual([expected, code]);
      expect(JSON.stringify(body)).not.toContain('secret');
    },
  );

  test('When recommendations is not there, then 503 with Retry-After', async () => {
    const alone = start(dist, 1);
    const { status, headers } = await request(alone.app).get('/api/recommendations?sku=tent');
    expect([status, headers['retry-after']]).toEqual([503, '1']);
    await alone.stop();
  });
});
