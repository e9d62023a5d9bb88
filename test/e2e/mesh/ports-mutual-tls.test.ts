import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startShop } from '../../support/shop.ts';
import { MESHED, OTHER_BYTES, PLAIN, answers, http } from '../../support/ports.ts';

const shop = await startShop();
const FILE = 'test/e2e/lessons/ports.yaml';
beforeAll(async () => {
  await shop.apply(FILE);
  await shop.callers.start(PLAIN, MESHED);
  await shop.command('rollout', 'status', 'deployment/plain');
}, 200_000);
afterAll(async () => {
  await shop.callers.stop(PLAIN, MESHED);
  await shop.delete(FILE);
  await shop[Symbol.asyncDispose]();
}, 120_000);

test('When a detected port is STRICT, then the callee knows HTTP within mutual TLS, and a caller without a sidecar is rejected', async () => {
  const post = http('plain', { method: 'POST' });
  expect(await answers(shop, MESHED, http('plain'), post, OTHER_BYTES)).toEqual(['hello', 403, 'closed']);
  expect(await answers(shop, PLAIN, http('plain'))).toEqual(['ECONNRESET']);
});
