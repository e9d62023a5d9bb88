import { mkdtemp, rm } from 'node:fs/promises';
import { type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Failure } from '../../places/failure.ts';
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

test('When the runner is frozen, then a question ends with one sentence that says what to do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tuesday-api-'));
  const server = createServer().listen(join(folder, 'tuesday.sock'));
  await new Promise((resolve) => server.once('listening', resolve));
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  const api = createApi(() => folder, { answerMs: 100 });
  const sentence = (ms: number) =>
    `The shop says nothing: no answer within ${ms} ms. Look at its terminal, or end its process, whose pid is in ${folder}/runner.json, and start it again.`;
  await expect(api.get('/status')).rejects.toThrow(new Failure(sentence(100)));
  await expect(api.post('/down', undefined, 50)).rejects.toThrow(new Failure(sentence(50)));
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});
