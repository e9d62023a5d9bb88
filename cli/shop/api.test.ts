import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { NotRunning, createApi } from './api.ts';

test('When the runner ends during a request, then it counts as not running, however the connection ended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tuesday-api-'));
  const server = createServer((socket) => socket.destroy()).listen(join(folder, 'tuesday.sock'));
  await new Promise((resolve) => server.once('listening', resolve));
  const api = createApi(() => folder);
  const errors = await Promise.all(
    Array.from({ length: 50 }, () => api.post('/down').catch((error: unknown) => error)),
  );
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
  expect(errors.filter((error) => !(error instanceof NotRunning))).toEqual([]);
});
