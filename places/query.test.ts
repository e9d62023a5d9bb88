import { expect, test } from '@jest/globals';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { databaseUrl, query } from './query.ts';

test('When a server accepts the connection and says nothing, then the query fails after its limit', async () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await expect(query(databaseUrl('127.0.0.1', port, 'shop'), ['select 1'], 100)).rejects.toThrow(/timeout/);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});
