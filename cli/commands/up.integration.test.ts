import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { fakeShop, type FakeShop } from '../testing/fake-shop.ts';
import { deployment, pod, split } from '../testing/objects.ts';
import { FakeProcess, runCli } from '../testing/run-cli.ts';

const objects = [deployment('billing', 'v1'), pod('billing', 'v1'), split('billing', 99, 1), split('shop', 1, 1)];
const top = [{ pod: pod('billing', 'v1').metadata.name, namespace: 'shop', cpuMillis: 1, pss: 40e6 }];
const status = {
  pid: 4711,
  startedAt: new Date(2026, 10, 24, 10, 31).getTime(),
  url: 'http://localhost:8080',
  warnings: [],
  mesh: true,
  sidecars: 9,
};
const routes = { 'GET /status': { json: status }, 'GET /memory': { json: { pss: 412e6 } }, 'GET /top': { json: top } };

const SESSION = { customer: 'c', token: 'a.b.c', servedBy: { peer: 'spiffe://gateway' } };

/** A gateway that gives a session to everybody, and answers purchases with these statuses, and with 201 after them. */
async function gateway(...statuses: number[]) {
  const keys: (string | undefined)[] = [];
  const server = createServer((req, res) => {
    req.resume();
    if (req.url === '/api/session')
      return void res.writeHead(201, { 'set-cookie': 'session=a.b.c; Path=/api' }).end(JSON.stringify(SESSION));
    if (![req.headers.authorization, req.headers.cookie].some((token) => token?.includes('a.b.c')))
      return void res.writeHead(403).end();
    keys.push(req.headers['idempotency-key'] as string | undefined);
    res.writeHead(statuses[keys.length - 1] ?? 201).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { keys, port, url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close };
}

/** Runs `up` with a shop whose socket comes with the start, as a real one's does. */
async function up(url: string, { process = new FakeProcess(), words = [] as string[] } = {}) {
  const state = await mkdtemp(join(tmpdir(), 'tuesday-up-'));
  let shop: FakeShop | undefined;
  let stopped = 0;
  const stop = async () => {
    stopped += 1;
  };
  let mesh: boolean | undefined;
  const start = async (options: { mesh: boolean }) => {
    ({ mesh } = options);
    shop = await fakeShop({ ...routes, 'GET /status': { json: { ...status, mesh } } }, objects, state);
    return { url, stop };
  };
  const ran = await runCli({ state, start, process }, 'up', '--port', `${await freePort()}`, ...words);
  return { ...ran, mesh, stopped: () => stopped, [Symbol.asyncDispose]: async () => shop?.[Symbol.asyncDispose]() };
}

async function freePort(): Promise<number> {
  await using at = await gateway();
  return at.port;
}

test('When a folder is named, then the shop’s state is in it', async () => {
  const folders: string[] = [];
  const start = ({ state }: { state: string }) => {
    folders.push(state);
    return Promise.reject(new Error('far enough'));
  };
  const words = ['up', '--port', `${await freePort()}`, '--state', '/tmp/other'];
  await expect(runCli({ state: '/nowhere', start }, ...words)).rejects.toThrow('far enough');
  expect(folders).toEqual(['/tmp/other']);
});

test('When the shop has started, then it has made one purchase with one key, and the screen says what is next', async () => {
  await using at = await gateway(503);
  await using ran = await up(at.url);
  expect([ran.code, ran.err]).toEqual([0, '']);
  expect(at.keys).toEqual([at.keys[0], at.keys[0]]);
  expect(ran.out).toMatch(/\n {2}billing-v1 +1\/1 +0 +40 MB\n/);
  expect(ran.out).toMatch(/\n {2}2 VirtualServices: in force in 9 Envoys\n/);
  expect(ran.out).toMatch(
    new RegExp(`\n  Ready in \\d+\\.\\d s, first checkout answered 201, 412 MB\\.     http://localhost:${at.port}\n`),
  );
  expect(nextThings(ran.out)).toEqual([
    'npx tuesday trace last',
    'npx tuesday traffic',
    'npx tuesday apply -f istio/canary/50.yaml',
  ]);
});

/** The commands between the line about another terminal and the last line of the screen. */
function nextThings(screen: string): string[] {
  const [, lines = ''] =
    /\n {2}In another terminal:\n((?: {4}.*\n)+) {2}Ctrl-C stops everything\.\n$/.exec(screen) ?? [];
  return [...lines.matchAll(/^ {4}(.*?) {2,}\S.*$/gm)].map(([, command = '']) => command);
}

test('When the mesh is switched off, then none is started, and the screen says that the Istio files are not in force', async () => {
  await using at = await gateway();
  await using meshed = await up(at.url);
  await using bare = await up(at.url, { words: ['--no-mesh'] });
  expect([meshed.mesh, bare.mesh]).toEqual([true, false]);
  expect(bare.out).toMatch(/\n {2}2 VirtualServices: not in force: started with --no-mesh\n/);
  expect(nextThings(bare.out)).toEqual([
    'npx tuesday trace last',
    'npx tuesday traffic',
    'npx tuesday kill checkout-v1',
  ]);
});

test('When the printed commands are pasted, then they open a session and buy with another key', async () => {
  await using at = await gateway();
  await using ran = await up(at.url);
  const commands = [...ran.out.matchAll(/^ *(curl .*)$/gm)].map(([, command = '']) => command);
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    commands.map((one) => `${one} ${ONLY_STATUS}`).join('\n'),
  ]);
  expect([stdout, new Set(at.keys).size]).toEqual(['201 201 ', 2]);
});

const ONLY_STATUS = "-s -o /dev/null -w '%{http_code} '";

test('When there is no mesh, then one command is printed, with the customer in a header', async () => {
  await using at = await gateway();
  await using bare = await up(at.url, { words: ['--no-mesh'] });
  const commands = [...bare.out.matchAll(/^ *(curl .*)$/gm)].map(([, command = '']) => command);
  expect(commands).toEqual([expect.stringContaining("-H 'x-customer-id: demo'")]);
});

test('When Ctrl-C comes, then the shop is stopped and the exit code is 0', async () => {
  await using at = await gateway();
  const process = new FakeProcess();
  await using ran = await up(at.url, { process });
  process.emit('SIGINT');
  expect(ran.stopped()).toBe(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(process.code).toBe(0);
});

test('When a shop runs already, then the sentence names it and how to stop it', async () => {
  await using shop = await fakeShop(routes);
  expect(await runCli(shop, 'up')).toEqual({
    code: 1,
    out: '',
    err: 'The shop already runs (pid 4711, since 10:31) at http://localhost:8080. Stop it with: npx tuesday down\n',
  });
});

test.each(['127.0.0.1', '::1'])(
  'When the port is taken on %s, then the sentence names the program and another port',
  async (host) => {
    const server = createServer().listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, err } = await runCli({ state: '/nowhere' }, 'up', '--port', `${port}`);
    server.close();
    expect(code).toBe(1);
    expect(err).toBe(
      `Port ${port} is taken by ${basename(process.execPath)} (pid ${process.pid}). Stop it, or choose another: npm start -- --port ${port + 1}\n`,
    );
  },
);
