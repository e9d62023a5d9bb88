import { expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { openSession } from './session.ts';

/** A gateway that answers with this, and what it was sent. */
async function gateway(status: number, answer: object | string) {
  const bodies: unknown[] = [];
  const server = createServer(async (req, res) => {
    bodies.push(req.headers['content-type'] === 'application/json' ? await json(req) : undefined);
    res.writeHead(status).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    bodies,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}
const session = (peer: string | null) => ({ customer: 'ada', token: 'a.b.c', servedBy: { peer } });

test('When the shop has a mesh, then the token goes with each request', async () => {
  await using at = await gateway(201, session('spiffe://gateway'));
  expect(await openSession(at.url)).toEqual({ authorization: 'Bearer a.b.c' });
  expect(await openSession(at.url, 'ada')).toEqual({ authorization: 'Bearer a.b.c' });
  expect(at.bodies).toEqual([undefined, { customer: 'ada' }]);
});

test('When it has none, then the name goes with each request', async () => {
  await using at = await gateway(201, session(null));
  expect(await openSession(at.url)).toEqual({ 'x-customer-id': 'ada' });
});

test.each([
  [400, { detail: 'The demo customers are ada, bob.' }, 'The demo customers are ada, bob.'],
  [503, 'no healthy upstream', '503'],
])('When the answer is %d, then one sentence says why', async (status, answer, why) => {
  await using at = await gateway(status, answer);
  await expect(openSession(at.url)).rejects.toThrow(`error: the shop gave no session: ${why}`);
});

test('When nothing listens, then one sentence says so', async () => {
  await expect(openSession('http://127.0.0.1:1')).rejects.toThrow(/^error: the shop gave no session: .*ECONNREFUSED/);
});
