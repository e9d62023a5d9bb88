import { expect, test } from '@jest/globals';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
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

test('When the caller has closed the connection, then no work begins for it', async () => {
  expect(await expiredAfter((hangUp) => hangUp())).toBe('deadline-exceeded');
});

test('When the caller waits, then its request continues', async () => {
  expect(await expiredAfter(async () => undefined)).toBe('goes on');
});
