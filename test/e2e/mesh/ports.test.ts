import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startShop } from '../../support/shop.ts';
import { MESHED, OTHER_BYTES, PLAIN, answers, http } from '../../support/ports.ts';

const shop = await startShop();
const FILES = ['test/e2e/lessons/ports.yaml', 'test/e2e/lessons/ports-plaintext.yaml'];
beforeAll(async () => {
  await shop.apply(...FILES);
  await shop.callers.start(PLAIN, MESHED);
  for (const name of ['plain', 'past']) await shop.command('rollout', 'status', `deployment/${name}`);
}, 200_000);
afterAll(async () => {
  await shop.callers.stop(PLAIN, MESHED);
  for (const file of FILES) await shop.delete(file);
  await shop[Symbol.asyncDispose]();
}, 120_000);

test('When the name of a port names no protocol, then its requests are routed and judged as HTTP, and other bytes as TCP', async () => {
  const post = http('plain', { method: 'POST' });
  const please = http('plain', { headers: { 'x-tea': 'please' } });
  const asked = [http('plain'), please, post, OTHER_BYTES];
  expect(await answers(shop, MESHED, ...asked)).toEqual(['hello', 418, 403, 'closed']);
});

test('When a pod takes a port out of its sidecar’s way, then calls reach the app past mTLS, and mutual TLS reaches no one', async () => {
  expect(await answers(shop, PLAIN, http('past'))).toEqual(['hello']);
  expect(await answers(shop, MESHED, http('past'))).toEqual([503]);
});

test('When a pod takes its calls to a port out of its sidecar’s way, then STRICT rejects them; a pod that does not is answered', async () => {
  expect(await answers(shop, PLAIN, http('past/call'))).toEqual(['ECONNRESET']);
  expect(await answers(shop, MESHED, http('plain/call'))).toEqual(['200']);
});
