import { expect, test } from '@jest/globals';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fakeShop } from '../testing/fake-shop.ts';
import { split } from '../testing/objects.ts';
import { runCli } from '../testing/run-cli.ts';

interface Gateway extends AsyncDisposable {
  url: string;
  seen: { path: string; key: string | undefined; token: string | undefined }[];
}

/** Storefront's answer: a token that the gateway verifies, since the caller has a certificate. */
const SESSION = JSON.stringify({ customer: 'ada', token: 'a.b.c', servedBy: { peer: 'spiffe://gateway' } });

/** Answers as the gateway does: every other request by v2, every `failEvery`-th with 503. */
async function gateway({ failEvery = 0 } = {}): Promise<Gateway> {
  const seen: Gateway['seen'] = [];
  const server = createServer((req: IncomingMessage, res) => {
    if (req.url === '/api/session') return void res.writeHead(201).end(SESSION);
    const { authorization: token, 'idempotency-key': key } = req.headers;
    seen.push({ path: req.url ?? '', key: key as string | undefined, token });
    const servedBy = {
      service: req.method === 'POST' ? 'checkout' : 'storefront',
      version: 'v1',
      pod: 'a',
      peer: null,
    };
    const hop = { service: 'recommendations', version: seen.length % 2 === 0 ? 'v2' : 'v1', pod: 'b', peer: null };
    const fails = failEvery > 0 && seen.length % failEvery === 0;
    res.writeHead(fails ? 503 : req.method === 'POST' ? 201 : 200);
    res.end(fails ? '' : JSON.stringify({ servedBy, hops: [hop] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, seen, [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())) };
}

test('When traffic is sent without a mesh, then the screen counts versions and says that chance decided', async () => {
  await using at = await gateway();
  await using shop = await fakeShop({ 'GET /status': { json: { url: at.url, mesh: false } } }, [
    split('recommendations', 90, 10),
  ]);
  const { code, out } = await runCli(shop, 'traffic', '--requests', '1000');
  expect(code).toBe(0);
  expect(out).toMatch(/^ {2}1,000 × GET \/api\/recommendations\?sku=tent-2p {3}[\d,]+\/s {3}0 failed\n/);
  expect(out).toMatch(/\n {2}SERVED BY +REQUESTS +SHARE\n/);
  expect(out).toMatch(/\n {2}recommendations v2 +500 +50\.0 %\n/);
  expect(out).toMatch(
    /\n {2}p50 [\d.]+ ms {2}p99 [\d.]+ ms {5}callers seen: none with a certificate, all in plaintext\n/,
  );
  expect(out).toMatch(
    /recommendations v2: istio\/base\/recommendations\.yaml says 10 %, which would be 57–149 of 1,000; not in force: started with --no-mesh\./,
  );
});

test('When there is a mesh, then half of the requests instead of a tenth is a failure, and it says so', async () => {
  await using at = await gateway();
  await using shop = await fakeShop({ 'GET /status': { json: { url: at.url, mesh: true } } }, [
    split('recommendations', 90, 10),
  ]);
  const { code, out } = await runCli(shop, 'traffic', '--requests', '1000');
  expect(code).toBe(1);
  expect(out).toMatch(/recommendations v2 +500 +50\.0 % +not 10 %, which would be 57–149 of 1,000/);
  expect(out).not.toMatch(/not in force/);
});

test('When it buys, then every purchase has its own key', async () => {
  await using at = await gateway();
  await using shop = await fakeShop({ 'GET /status': { json: { url: at.url } } });
  const ran = await runCli(shop, 'traffic', '--checkout', '--requests', '50', '-o', 'json');
  expect(JSON.parse(ran.out)).toMatchObject({ requests: 50, failed: 0, request: 'POST /api/checkout', callers: [] });
  expect(new Set(at.seen.map(({ key }) => key)).size).toBe(50);
  expect(new Set(at.seen.map(({ token }) => token))).toEqual(new Set(['Bearer a.b.c']));
});

test('When it reads, then without a session, unless a customer is named', async () => {
  await using at = await gateway();
  for (const as of [[], ['--as', 'ada']])
    await runCli({ state: '/nowhere' }, 'traffic', '--url', at.url, '--requests', '1', ...as);
  expect(at.seen.map(({ token }) => token)).toEqual([undefined, 'Bearer a.b.c']);
});

test('When requests fail, then they are counted by what they failed with, and the command fails', async () => {
  await using at = await gateway({ failEvery: 10 });
  const { code, out } = await runCli(
    { state: '/nowhere' },
    'traffic',
    '--url',
    at.url,
    '--requests',
    '100',
    '--concurrency',
    '1',
  );
  expect(code).toBe(1);
  expect(out).toMatch(/10 failed: 10 × 503\n/);
});

test('When no program listens, then every request is a failure with its reason', async () => {
  const at = await gateway();
  await at[Symbol.asyncDispose]();
  const { code, out } = await runCli({ state: '/nowhere' }, 'traffic', '--url', at.url, '--requests', '3');
  expect([code, /3 failed: 3 × ECONNREFUSED/.test(out)]).toEqual([1, true]);
});

test('When the URL is invalid, then one sentence says so', async () => {
  const { code, err } = await runCli({ state: '/nowhere' }, 'traffic', '--url', 'localhost');
  expect([code, err]).toEqual([1, 'error: --url "localhost" is no http address, try: --url http://localhost:8080\n']);
});
