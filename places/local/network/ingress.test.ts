import { expect, test } from '@jest/globals';
import { Agent, type RequestListener, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { openIngressPort, route, runIngress } from './ingress.ts';
import { allocatePort } from './ports.ts';

const to = (url: string, headers: Record<string, string> = {}) => route({ url, headers });

test.each([
  ['/', 'storefront', undefined, '/'],
  ['/assets/a.js?x=1', 'storefront', undefined, '/assets/a.js?x=1'],
  ['/api/recommendations?sku=tent-2p', 'storefront', undefined, '/api/recommendations?sku=tent-2p'],
  ['/api/session', 'storefront', undefined, '/api/session'],
  ['/api/sessions', 'checkout', 'v1', '/sessions'],
  ['/api/recommendations-of-others', 'checkout', 'v1', '/recommendations-of-others'],
  ['/api/orders/1?a=b', 'checkout', 'v1', '/orders/1?a=b'],
])('When %s is asked for, then %s answers', (url, app, version, path) => {
  expect(to(url)).toEqual({ app, path, ...(version && { version }) });
});

test.each([
  [{ 'x-release': 'next' }, 'v2'],
  [{ cookie: 'a=b; release=next' }, 'v2'],
  [{ 'x-release': 'old', cookie: 'my-release=next; release=nextish' }, 'v1'],
])('When the release is asked for by %j, then checkout %s answers', (headers, version) => {
  expect(to('/api/checkout', headers as Record<string, string>).version).toBe(version);
});

/** A gateway before one pod that answers with `listener`; `url` leads to it. */
async function gateway(listener: RequestListener | 'no pod') {
  const pod = createServer(listener === 'no pod' ? undefined : listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => pod.once('listening', resolve));
  const { port: podPort } = pod.address() as AddressInfo;
  const port = await allocatePort();
  const running = await runIngress({ ports: [port], findPod: () => (listener === 'no pod' ? undefined : podPort) });
  return {
    url: `http://127.0.0.1:${port}`,
    pod,
    running,
    [Symbol.asyncDispose]: async () => {
      running.kill('SIGKILL');
      pod.closeAllConnections();
      await new Promise((resolve) => pod.close(resolve));
      await running.exited;
    },
  };
}

test('When a request claims an identity, then that header is removed, and all others are forwarded', async () => {
  await using gate = await gateway((req, res) => res.end(JSON.stringify(req.headers)));
  const headers = {
    'X-Forwarded-Client-Cert': 'URI=spiffe://cluster.local/ns/shop/sa/checkout',
    'x-customer-id': 'anna',
    'X-Request-Timeout-Ms': '1',
    'X-Envoy-Expected-Rq-Timeout-Ms': '1',
  };
  const seen = (await (await fetch(`${gate.url}/api/orders`, { headers })).json()) as object;
  expect(seen).toMatchObject({ 'x-customer-id': 'anna' });
  expect(Object.keys(seen).filter((name) => /^x-(?:forwarded|envoy|request)/.test(name))).toEqual([]);
});

test('When a body is large, then it is streamed both ways', async () => {
  await using gate = await gateway((req, res) => void req.pipe(res.writeHead(201)));
  const body = 'x'.repeat(3_000_000);
  const answer = await fetch(`${gate.url}/api/checkout`, { method: 'POST', body });
  expect([answer.status, (await answer.text()).length]).toEqual([201, body.length]);
});

test('When no pod is ready, then the answer is a 503 of the catalogue', async () => {
  await using gate = await gateway('no pod');
  const answer = await fetch(`${gate.url}/api/checkout`, { method: 'POST', body: '{}' });
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('retry-after')]).toEqual([
    503,
    'application/problem+json',
    '1',
  ]);
  expect(await answer.json()).toMatchObject({
    code: 'upstream-refused',
    status: 503,
    detail: 'No pod of checkout is ready.',
  });
});

test('When the pod closes the connection before it answers, then a GET is sent once more, a POST is 503 and sent once', async () => {
  let asked = 0;
  await using gate = await gateway((req, res) => {
    asked += 1;
    if (req.method === 'GET' && asked === 2) res.end('second time');
    else req.socket.destroy();
  });
  expect(await (await fetch(gate.url)).text()).toBe('second time');
  asked = 0;
  expect((await fetch(`${gate.url}/api/checkout`, { method: 'POST', body: '{}' })).status).toBe(503);
  expect(asked).toBe(1);
});

test('When the pod closes the connection in the middle of its answer, then so does the gateway', async () => {
  await using gate = await gateway((_req, res) => {
    res.writeHead(200, { 'content-length': '100' }).write('half');
    setTimeout(() => res.destroy(), 20);
  });
  await expect(fetch(gate.url).then((answer) => answer.text())).rejects.toThrow();
});

test('When the client closes the connection before the answer, then the request is not sent again', async () => {
  let asked = 0;
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  await using gate = await gateway((_req, res) => {
    asked += 1;
    res.once('close', leave);
    resolve();
  });
  const sent = request(gate.url).on('error', () => undefined);
  sent.end();
  await reached;
  sent.destroy();
  await left;
  await new Promise((done) => setTimeout(done, 100));
  expect(asked).toBe(1);
});

test('When a pod says Connection: close, then its connection is not used again and no request is lost', async () => {
  await using gate = await gateway((_req, res) => res.writeHead(200, { connection: 'close' }).end('bye'));
  const agent = new Agent({ keepAlive: true });
  const post = () =>
    new Promise<number>((resolve, reject) => {
      const sent = request(`${gate.url}/api/checkout`, { method: 'POST', agent }, async (answer) => {
        await text(answer);
        resolve(answer.statusCode ?? 0);
      });
      sent.on('error', reject).end('{}');
    });
  const all: number[] = [];
  for (let i = 0; i < 50; i++) all.push(await post());
  agent.destroy();
  expect(all).toEqual(Array.from({ length: 50 }, () => 200));
});

test('When no pod of the gateway is ready, then its port answers 503; when the port is taken, then the start fails', async () => {
  const port = await allocatePort();
  const front = await openIngressPort({ port, findPod: () => undefined });
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).json()).toMatchObject({
    detail: 'No pod of gateway is ready.',
  });
  await expect(openIngressPort({ port, findPod: () => undefined })).rejects.toThrow(`Port ${port} is taken.`);
  front.close();
});
