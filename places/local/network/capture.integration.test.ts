import { afterAll, expect, test } from '@jest/globals';
import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allocatePort } from './ports.ts';
import { inPodWith } from '../testing/captured.ts';

const folder = mkdtempSync(join(tmpdir(), 'tuesday-capture-'));
const endpoints = join(folder, 'endpoints.json');

// Two ready pods of billing, one of a Service in another namespace, and a Service without any.
const answers = (text: string) =>
  new Promise<{ port: number; close(): void }>((resolve) => {
    const server = createServer((req, res) => res.end(`${text} ${req.headers.host}`));
    server.listen(0, '127.0.0.1', () =>
      resolve({ port: (server.address() as { port: number }).port, close: () => server.close() }),
    );
  });
const pods = await Promise.all(['one', 'two', 'traces'].map(answers));
const [one, two, traces] = pods.map(({ port }) => port);
const services = {
  'shop/billing': { ip: '240.240.0.1', ports: { 80: [one, two] } },
  'istio-system/zipkin': { ip: '240.240.0.2', ports: { 9411: [traces] } },
  'shop/empty': { ip: '240.240.0.3', ports: { 80: [] } },
};
const addresses = { '240.241.0.1': { 8080: one } };
writeFileSync(endpoints, JSON.stringify({ services, pods: addresses }));
afterAll(async () => pods.forEach(({ close }) => close()));

const own = await allocatePort();
const undeclared = await allocatePort();

const inPod = inPodWith(endpoints, `8080:${own}`);

test.each(['billing', 'billing.shop', 'billing.shop.svc', 'billing.shop.svc.cluster.local', 'BILLING'])(
  'When %s is called, then a ready pod answers and sees the name it was called by',
  async (host) => {
    expect(await inPod(`console.log(await (await fetch('http://${host}/')).text())`)).toMatch(
      new RegExp(`^(one|two) ${host.toLowerCase()}$`),
    );
  },
);

test('When a pod is called by its address, then it answers at its own ports and at no other', async () => {
  const code = `const ask = (port) => fetch('http://240.241.0.1:' + port).then((a) => a.text(), (error) => error.cause.code);
    console.log(await ask(8080), await ask(80))`;
  expect(await inPod(code)).toBe('one 240.241.0.1:8080 ECONNREFUSED');
});

test('When many connections are made, then both pods get some', async () => {
  const code = `import { get } from 'node:http'; import { text } from 'node:stream/consumers';
    const call = () => new Promise((done) => get('http://billing/', { agent: false }, async (a) => done((await text(a)).slice(0, 3))));
    const all = await Promise.all(Array.from({ length: 40 }, call)); console.log([...new Set(all)].sort().join())`;
  expect(await inPod(code)).toBe('one,two');
});

test.each([
  ['fetch', `(await fetch(url)).text()`],
  ['http', `new Promise((done, fail) => http.get(url, async (a) => done(await text(a))).on('error', fail))`],
  [
    'a keep-alive agent',
    `new Promise((done) => http.get(url, { agent: new http.Agent({ keepAlive: true }) }, async (a) => done(await text(a))))`,
  ],
  [
    'undici',
    `new undici.Pool('http://zipkin.istio-system:9411').request({ path: '/', method: 'GET' }).then(({ body }) => body.text())`,
  ],
  [
    'net.connect',
    `new Promise((done) => { const s = connect(9411, 'zipkin.istio-system'); s.end('GET / HTTP/1.0\\r\\nhost: x\\r\\n\\r\\n'); text(s).then((all) => done(all.split('\\r\\n\\r\\n')[1])); })`,
  ],
  [
    'autoSelectFamily',
    `new Promise((done) => { const s = connect({ port: 9411, host: 'zipkin.istio-system', autoSelectFamily: true }); s.end('GET / HTTP/1.0\\r\\nhost: x\\r\\n\\r\\n'); text(s).then((all) => done(all.split('\\r\\n\\r\\n')[1])); })`,
  ],
  [
    'a worker thread',
    `new Promise((done) => new Worker('fetch("' + url + '").then((a) => a.text()).then(async (t) => (await import("node:worker_threads")).parentPort.postMessage(t))', { eval: true }).on('message', done))`,
  ],
])('When %s calls a Service of another namespace, then its pod answers', async (_client, call) => {
  const code = `import http from 'node:http'; import { connect } from 'node:net'; import { text } from 'node:stream/consumers';
    import { Worker } from 'node:worker_threads'; import undici from 'undici';
    const url = 'http://zipkin.istio-system:9411/'; console.log(await ${call}); process.exit()`;
  expect(await inPod(code)).toMatch(/^traces/);
});

const CODES = `const code = (host) => fetch('http://' + host + '/').then((a) => a.status, (e) => e.cause.code);`;

test('When no pod is ready, then the connection is refused; when no Service has the name, it is not found', async () => {
  const hosts = [
    'empty',
    'billing:81',
    'missing',
    'missing.shop',
    'missing.istio-system.svc.cluster.local',
    'zipkin:9411',
  ];
  expect(await inPod(`${CODES} console.log((await Promise.all(${JSON.stringify(hosts)}.map(code))).join())`)).toBe(
    'ECONNREFUSED,ECONNREFUSED,ENOTFOUND,ENOTFOUND,ENOTFOUND,ENOTFOUND',
  );
});

test.each([
  ['0', '0'],
  ['nothing', ''],
  ['a callback', '() => {}'],
  ['null', 'null'],
  ['port 0', '{ port: 0 }'],
  ['0 at ::', '0, "::"'],
  ['0 at 0.0.0.0', '{ port: 0, host: "0.0.0.0" }'],
  ['0 at the address of the pod', '{ port: 0, host: "240.241.0.1" }'],
  ['a port that no container declares', `${undeclared}`],
])('When a pod listens on %s, then only this machine reaches it', async (_, how) => {
  const code = `import { createServer } from 'node:http';
    const server = createServer((req, res) => res.end('mine')).listen(${how});
    await new Promise((done) => server.once('listening', done));
    const { address, port } = server.address();
    console.log(address, await (await fetch('http://127.0.0.1:' + port + '/')).text()); process.exit()`;
  expect(await inPod(code)).toBe('127.0.0.1 mine');
});

test('When a pod listens at localhost, or with the handle of another server, then that is not changed', async () => {
  const code = `import { createServer } from 'node:net';
    const first = createServer().listen(0, 'localhost', () => {
      const second = createServer().listen(first, () => { console.log(second.address().port === first.address().port); process.exit(); });
    });`;
  expect(await inPod(code)).toBe('true');
});

test.each(['8080', '8080, "0.0.0.0"', '{ port: 8080 }', '"8080"'])(
  'When a pod listens on its container port by listen(%s), then that is its own, and localhost leads there',
  async (how) => {
    const code = `import { createServer } from 'node:http';
      const server = createServer((req, res) => res.end('mine')).listen(${how});
      await new Promise((done) => server.once('listening', done));
      const [inside, outside] = await Promise.all(['http://localhost:8080/', 'http://127.0.0.1:${own}/'].map(async (url) => (await fetch(url)).text()));
      console.log(server.address().port, inside, outside); process.exit()`;
    expect(await inPod(code)).toBe('8080 mine mine');
  },
);

test('When a pod listens on any other port or path, then that port or path is not changed', async () => {
  const code = `import { createServer } from 'node:net'; import { connect } from 'node:net';
    const path = ${JSON.stringify(join(folder, 'own.sock'))}; const port = createServer().listen(0);
    createServer((s) => s.end('by path')).listen(path, () => connect(path).on('data', (d) => { console.log(String(d), port.address().port !== 8080); process.exit() }))`;
  expect(await inPod(code)).toBe('by path true');
});

test('When the endpoints change, then the next connection uses them', async () => {
  const other = join(folder, 'other.json');
  writeFileSync(
    other,
    JSON.stringify({ pods: {}, services: { 'shop/billing': { ip: '240.240.0.1', ports: { 80: [] } } } }),
  );
  utimesSync(other, 1, 1);
  const code = `import { renameSync, copyFileSync, utimesSync } from 'node:fs';
    process.env.TUESDAY_ENDPOINTS; ${CODES} const before = await code('billing');
    const file = ${JSON.stringify(endpoints)}; copyFileSync(file, file + '.kept'); renameSync(${JSON.stringify(other)}, file);
    const http = await import('node:http');
    const after = await new Promise((done) => http.get('http://billing/', { agent: false }, (a) => done(a.statusCode)).on('error', (e) => done(e.code)));
    renameSync(file + '.kept', file); console.log(before, after); process.exit()`;
  expect(await inPod(code)).toBe('200 ECONNREFUSED');
});
