import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Probe, SSL_REQUEST } from '../../../places/probe.ts';
import { startShop } from '../../support/shop.ts';

const shop = await startShop();
const FILE = 'test/e2e/lessons/ports.yaml';
const PLAIN = 'pod without sidecar';
const MESHED = { account: 'checkout' };
beforeAll(async () => {
  await shop.apply(FILE);
  await Promise.all([
    shop.callers.start(PLAIN, MESHED),
    ...['plain', 'past'].map((name) => shop.command('rollout', 'status', `deployment/${name}`)),
  ]);
}, 200_000);
afterAll(async () => {
  await shop.callers.stop(PLAIN, MESHED);
  await shop.delete(FILE);
  await shop[Symbol.asyncDispose]();
}, 120_000);

const http = (url: string, more: object = {}): Probe => ({ kind: 'http', url: `http://${url}`, ...more });

/** What a caller gets: the text, or how it ended where there is none. */
async function answers(caller: typeof PLAIN | typeof MESHED, ...probes: Probe[]): Promise<(string | number)[]> {
  const outcomes = await shop.callers.probe(caller, probes);
  return outcomes.map(({ status, end, text }) => (status === 200 ? text : status || end));
}

test('When the name of a port names no protocol, then its requests are routed and judged as HTTP, and other bytes as TCP', async () => {
  const post = { method: 'POST' };
  const please = { headers: { 'x-tea': 'please' } };
  const bytes: Probe = { kind: 'tcp', host: 'plain', port: 80, hex: SSL_REQUEST };
  const asked = [http('plain'), http('plain', please), http('plain', post), bytes];
  expect(await answers(MESHED, ...asked)).toEqual(['hello', 418, 403, 'closed']);
});

test('When a caller has no sidecar, then STRICT holds for a detected port too', async () => {
  expect(await answers(PLAIN, http('plain'))).toEqual(['ECONNRESET']);
});

test('When a pod takes a port out of its sidecar’s way, then calls reach the app past mTLS, and mutual TLS reaches no one', async () => {
  expect(await answers(PLAIN, http('past'))).toEqual(['hello']);
  expect(await answers(MESHED, http('past'))).toEqual([503]);
});

test('When a pod takes its calls to a port out of its sidecar’s way, then STRICT rejects them; a pod that does not is answered', async () => {
  expect(await answers(PLAIN, http('past/call'))).toEqual(['ECONNRESET']);
  expect(await answers(MESHED, http('plain/call'))).toEqual(['200']);
});
