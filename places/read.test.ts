import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { read } from './read.ts';

/** A server that cuts its first `cut` connections, in place of an answer or in the middle of one. Gives its URL. */
async function cuttingServer(cut: number, where: 'before' | 'within') {
  let asked = 0;
  const server = createServer((_req, res) => {
    if (++asked > cut) return void res.end('all of it');
    if (where === 'within') res.writeHead(200, { 'content-length': 9 }).write('all');
    setImmediate(() => (res.socket as Socket).destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    [Symbol.dispose]: () => void server.close(),
  };
}

test.each(['before', 'within'] as const)(
  'When two connections are cut %s the answer, then the third read gives it',
  async (where) => {
    using server = await cuttingServer(2, where);
    expect(await read(server.url)).toEqual({ ok: true, status: 200, text: 'all of it' });
  },
);

test('When every connection is cut, then the read fails after three', async () => {
  using server = await cuttingServer(5, 'before');
  await expect(read(server.url)).rejects.toThrow('fetch failed');
  expect(server.asked()).toBe(3);
});
