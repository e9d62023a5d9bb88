import { afterAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { databaseUrl, query } from './query.ts';

const sockets: Socket[] = [];
const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

test('When a server accepts the connection and says nothing, then the query fails after its limit', async () => {
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(query(databaseUrl('127.0.0.1', port, 'shop'), ['select 1'], 100)).rejects.toThrow(/timeout/);
}, 5_000);
