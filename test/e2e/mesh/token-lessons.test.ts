import { afterAll, afterEach, expect, test } from '@jest/globals';
import { asCustomer, buy, purchase } from '../../support/customer.ts';
import { bearer, look, openSession, type Session } from '../../support/tokens/session.ts';
import { eventually } from '../../support/eventually.ts';
import { startShop } from '../../support/shop.ts';
import { failureLines, report, trafficDuring } from '../../support/traffic.ts';

const shop = await startShop();
const SECRET = 'k8s/overlays/local/demo/storefront-session.yaml';
const ROTATED = 'istio/security/jwt-rotated.yaml';
afterEach(async () => {
  if (isRotated) await rotateBack();
  await shop.reset();
}, 200_000);
afterAll(() => shop[Symbol.asyncDispose]());

/** The key that a token names. */
const keyOf = (token: string) =>
  (JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string }).kid;

async function statusOf(path: string, headers: Record<string, string> = {}): Promise<number> {
  return (await look(`${shop.url}${path}`, headers)).status;
}

test('When a token is required everywhere, then the catalogue needs one, and where it comes from does not', async () => {
  const { token } = await openSession(shop.url);
  await shop.apply('istio/security/jwt-required-everywhere.yaml');
  const answer = await look(`${shop.url}/api/products`);
  expect([answer.status, answer.headers['x-session']]).toEqual([403, 'POST /api/session']);
  expect(await statusOf('/api/recommendations?sku=tent-2p')).toBe(403);
  expect(await statusOf('/api/products', bearer(token))).toBe(200);
  expect(await statusOf('/api/products', { cookie: `session=${token}` })).toBe(200);
  expect(await statusOf('/')).toBe(200);
  await openSession(shop.url);
  await shop.apply('istio/base/require-session.yaml');
  expect(await statusOf('/api/products')).toBe(200);
});

test('When a claim is required, then only the customer with the role reads traces', async () => {
  const [ada, bob, other] = [
    await openSession(shop.url, {}, 'ada'),
    await openSession(shop.url, {}, 'bob'),
    await openSession(shop.url),
  ];
  const path = '/jaeger/api/services';
  expect(await statusOf(path)).toBe(200);
  await shop.apply('istio/security/claim-admin-only.yaml');
  expect(await statusOf(path, bearer(ada.token))).toBe(200);
  expect(await statusOf(path, bearer(bob.token))).toBe(403);
  expect(await statusOf(path, bearer(other.token))).toBe(403);
  expect(await statusOf(path)).toBe(403);
  expect(await statusOf('/api/orders/1', bearer(bob.token))).toBe(404);
  await shop.delete('istio/security/claim-admin-only.yaml');
  expect(await statusOf(path)).toBe(200);
});

/** Returns when the old pod, which may still be asked until it has gone, is not there any more. */
async function restartStorefront(): Promise<void> {
  const pods = async () =>
    (await shop.pods()).filter(({ labels }) => labels['app'] === 'storefront').map(({ name }) => name);
  const before = await pods();
  await shop.command('rollout', 'restart', 'deployment/storefront');
  await shop.command('rollout', 'status', 'deployment/storefront', '--timeout=180s');
  await eventually(async () => !(await pods()).some((pod) => before.includes(pod)), 60_000);
}

let isRotated = false;
async function rotateBack(): Promise<void> {
  isRotated = false;
  await shop.apply('istio/base/session.yaml', SECRET);
  await restartStorefront();
}

test('When the key is rotated under load, then no request fails, tokens of both keys count, and customers stay who they are', async () => {
  const before = await openSession(shop.url);
  expect(keyOf(before.token)).toBe('demo-1');
  const during: Session[] = [];
  isRotated = true;
  const traffic = await trafficDuring(shop.url, async () => {
    await shop.apply(ROTATED);
    await restartStorefront();
    during.push(await openSession(shop.url, { cookie: `session=${before.token}` }), await openSession(shop.url));
    for (const { token } of [before, ...during])
      expect((await buy(shop.url, purchase(), bearer(token))).status).toBe(201);
  });
  report('the key is rotated', traffic);
  expect(failureLines([...traffic.reads, ...traffic.orders])).toEqual([]);
  expect(during.map(({ token }) => keyOf(token))).toEqual(['demo-2', 'demo-2']);
  expect(during[0]!.customer).toBe(before.customer);

  await rotateBack();
  const [old, renewed] = [before, during[0]!].map(({ token }) => statusOf('/api/orders/1', bearer(token)));
  expect([await old, await renewed]).toEqual([404, 401]);
  expect(keyOf((await openSession(shop.url)).token)).toBe('demo-1');
  expect((await buy(shop.url, purchase(), asCustomer('carol'))).status).toBe(201);
}, 300_000);
