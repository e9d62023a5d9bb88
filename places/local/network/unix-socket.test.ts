import { mkdtempSync } from 'node:fs';
import { type Agent, createServer, globalAgent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { askSocket } from './unix-socket.ts';

const socket = join(mkdtempSync(join(tmpdir(), 'tuesday-socket-')), 's');
const server = createServer((_req, res) => void wait(300).then(() => res.end('late')));
await new Promise<void>((resolve) => server.listen(socket, resolve));
afterAll(() => void server.close());

test('When an answer takes longer than the limit of Node’s shared agent, then it is awaited', async () => {
  const { options } = globalAgent as Agent & { options: { timeout?: number } };
  const { timeout = 0 } = options;
  options.timeout = 50; // it is five seconds
  try {
    expect(await askSocket(socket, { method: 'GET', path: '/' })).toEqual({ status: 200, text: 'late' });
  } finally {
    options.timeout = timeout;
  }
});

test('When an answer takes longer than the limit of the request, then the error says the limit', async () => {
  await expect(askSocket(socket, { method: 'GET', path: '/', timeoutMs: 50 })).rejects.toThrow(
    'no answer within 50 ms',
  );
});
