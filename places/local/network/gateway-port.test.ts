import { afterEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { type GatewayPort, openGatewayPort } from './gateway-port.ts';

const opened: { close(): void }[] = [];
afterEach(() => opened.splice(0).forEach((one) => one.close()));

/** A gateway's pod: sends its name, and then what it receives. */
async function pod(
  name: string,
  answer = (socket: Socket) => void socket.write(name),
): Promise<Server & { port: number }> {
  const server = createServer({ allowHalfOpen: true }, answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(server);
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

async function front(ready: () => number[]): Promise<GatewayPort> {
  const one = await openGatewayPort({ port: 0, ready });
  opened.push(one);
  return one;
}

async function dial({ port }: GatewayPort): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(socket, 'connect');
  opened.push({ close: () => socket.destroy() });
  return socket;
}

const first = async (socket: Socket) => String((await once(socket, 'data'))[0]);

test('When several pods are ready, then each gets connections; a pod that is not ready gets none', async () => {
  const [one, two] = await Promise.all([pod('one'), pod('two')]);
  let ready = [one.port, two.port];
  const way = await front(() => ready);
  const names = async () => new Set(await Promise.all(Array.from({ length: 40 }, async () => first(await dial(way)))));
  expect([...(await names())].sort()).toEqual(['one', 'two']);
  ready = [two.port];
  expect([...(await names())]).toEqual(['two']);
});

test('When a pod is no longer ready, then its connections stay open', async () => {
  const echo = await pod('echo', (socket) => void socket.pipe(socket));
  let ready = [echo.port];
  const caller = await dial(await front(() => ready));
  caller.write('a');
  expect(await first(caller)).toBe('a');
  ready = [];
  caller.write('b');
  expect(await first(caller)).toBe('b');
});

test('When a pod does not accept a connection, then the next pod gets it', async () => {
  const [gone, there] = await Promise.all([pod('gone'), pod('there')]);
  gone.close();
  await once(gone, 'close');
  const way = await front(() => [gone.port, there.port]);
  const names = await Promise.all(Array.from({ length: 20 }, async () => first(await dial(way))));
  expect(new Set(names)).toEqual(new Set(['there']));
});

test('When no pod is ready, then the connection is closed', async () => {
  const caller = await dial(await front(() => []));
  await once(caller.resume(), 'end');
});

test('When the caller has ended its side, then it still gets its answer', async () => {
  const late = await pod('late', (socket) => void text(socket).then((all) => socket.end(`got ${all}`)));
  const caller = await dial(await front(() => [late.port]));
  caller.end('everything');
  expect(await text(caller)).toBe('got everything');
});

test('When the caller closes the connection, then the pod’s connection is closed', async () => {
  const { promise: heard, resolve } = Promise.withResolvers<void>();
  const watching = await pod('watching', (socket) => {
    socket.write('x');
    socket.resume().once('end', resolve);
  });
  const caller = await dial(await front(() => [watching.port]));
  await first(caller);
  caller.destroy();
  await heard;
});

test('When the pod resets the connection, then the caller’s connection is closed', async () => {
  const broken = await pod('broken', (socket) => void socket.once('data', () => socket.resetAndDestroy()));
  const caller = await dial(await front(() => [broken.port]));
  caller.write('x');
  await once(caller.resume(), 'end');
});

test('When the port is taken, then one sentence says so', async () => {
  const way = await front(() => []);
  await expect(openGatewayPort({ port: way.port, ready: () => [] })).rejects.toThrow(`Port ${way.port} is taken.`);
});

test('When localhost is dialled by IPv6, then the port answers too; where another program holds it there, the start fails', async () => {
  const one = await pod('one');
  const { port } = await front(() => [one.port]);
  const six = connect({ port, host: '::1' });
  opened.push({ close: () => six.destroy() });
  expect(await first(six)).toBe('one');
  const other = createServer().listen(0, '::1');
  await once(other, 'listening');
  opened.push(other);
  const { port: taken } = other.address() as AddressInfo;
  await expect(openGatewayPort({ port: taken, ready: () => [] })).rejects.toThrow(`Port ${taken} is taken.`);
});
