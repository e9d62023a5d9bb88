import { expect, test } from '@jest/globals';
import { Agent, createServer, get, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, text } from 'node:stream/consumers';
import express, { type ErrorRequestHandler, type Response } from 'express';
import { problemHandler } from './errors.ts';
import { requestContext, throwIfExpired } from './request-context.ts';

/** What throwIfExpired says within a request after `during`, which is given the caller's way to hang up. */
async function expiredAfter(during: (hangUp: () => Promise<void>) => Promise<void>): Promise<string> {
  const said = Promise.withResolvers<string>();
  const app = express().use(requestContext, async (_req, res) => {
    const closed = new Promise<void>((resolve) => res.once('close', resolve));
    await during(async () => (asking.destroy(), await closed));
    try {
      throwIfExpired();
      said.resolve('goes on');
    } catch (error) {
      said.resolve((error as { code: string }).code);
    }
    res.end();
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const asking = get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`).on('error', () => undefined);
  const answer = await said.promise;
  server.close();
  server.closeAllConnections();
  return answer;
}

/** The status and code of an answer to a request of `headers` and `body`, whose handler does `work`; after how many ms; what came later. */
async function answerTo(
  { headers = {}, body = '' }: { headers?: Record<string, string>; body?: string },
  work: (req: IncomingMessage, res: Response) => Promise<void>,
) {
  const errors: unknown[] = [];
  const app = express().use(requestContext, (req, res) => work(req, res));
  app.use(problemHandler, ((error, _req, _res, _next) => void errors.push(error)) as ErrorRequestHandler);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const start = performance.now();
  const { promise, resolve } = Promise.withResolvers<{
    status: number;
    code: string;
    connection: string | undefined;
  }>();
  const asking = request({ port, method: 'POST', headers, agent: new Agent({ keepAlive: true }) }, async (answer) => {
    const { code } = (await json(answer)) as { code: string };
    resolve({ status: answer.statusCode ?? 0, code, connection: answer.headers.connection });
  });
  asking.on('error', () => undefined);
  if (body) asking.write(body);
  else asking.end();
  const answer = await promise;
  const ms = performance.now() - start;
  await new Promise((wait) => setTimeout(wait, 100));
  asking.destroy();
  server.closeAllConnections();
  server.close();
  return { ...answer, ms, errors };
}

const NEVER = () => new Promise<void>(() => undefined);

test('When a handler hangs, then the answer is 504 when the budget is spent', async () => {
  const { status, code, ms, connection } = await answerTo({ headers: { 'x-request-timeout-ms': '300' } }, NEVER);
  expect([status, code, connection]).toEqual([504, 'deadline-exceeded', 'keep-alive']);
  expect(ms).toBeGreaterThan(295);
  expect(ms).toBeLessThan(400);
});

test('When a client does not send the rest of its body, then the answer is 504 and the connection is closed', async () => {
  const headers = { 'x-request-timeout-ms': '200', 'content-length': '100', 'content-type': 'application/json' };
  const read = async (req: IncomingMessage) => void (await text(req));
  const { status, ms, connection } = await answerTo({ headers, body: '{"a"' }, read);
  expect([status, connection, ms < 300]).toEqual([504, 'close', true]);
});

test('When a handler answers after that, then its answer is dropped and is no error', async () => {
  const late = async (_req: IncomingMessage, res: Response) => {
    await new Promise((wait) => setTimeout(wait, 200));
    res.status(201).json({ code: 'too late' });
  };
  const { status, errors } = await answerTo({ headers: { 'x-request-timeout-ms': '100' } }, late);
  expect([status, errors]).toEqual([504, []]);
});

test('When the caller has closed the connection, then no work begins for it', async () => {
  expect(await expiredAfter((hangUp) => hangUp())).toBe('deadline-exceeded');
});

test('When the caller waits, then its request continues', async () => {
  expect(await expiredAfter(async () => undefined)).toBe('goes on');
});
