import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { type Probe, SSL_REQUEST } from '../../../places/probe.ts';
import { startShop } from '../../support/shop.ts';

const shop = await startShop();
const ACCOUNTS = ['gateway', 'storefront', 'checkout', 'billing', 'recommendations', 'postgres', 'default'] as const;
const callers = ACCOUNTS.map((account) => ({ account }));
beforeAll(() => shop.callers.start(...callers), 400_000);
afterAll(async () => {
  await shop.callers.stop(...callers);
  await shop[Symbol.asyncDispose]();
}, 120_000);
afterEach(() => shop.reset());

type Account = (typeof ACCOUNTS)[number];
const http = (method: string, url: string): Probe => ({ kind: 'http', method, url: `http://${url}` });

// Who may call whom: what docs/architecture.md says in words. Everything that is not here is refused.
const CELLS: [Probe, Account[]][] = [
  [http('GET', 'gateway/api/products'), [...ACCOUNTS]],
  [http('GET', 'storefront/'), ['gateway']],
  [http('GET', 'storefront/assets/none.js'), ['gateway']],
  [http('GET', 'storefront/api/recommendations'), ['gateway']],
  [http('POST', 'storefront/'), []],
  [http('GET', 'storefront/metrics'), []],
  [http('GET', 'checkout/products'), ['gateway']],
  [http('POST', 'checkout/checkout'), ['gateway']],
  [http('GET', 'checkout/orders/none'), ['gateway']],
  [http('DELETE', 'checkout/orders/none'), []],
  [http('GET', 'checkout/metrics'), []],
  [http('GET', 'recommendations/recommendations?sku=tent-2p'), ['storefront', 'checkout']],
  [http('POST', 'recommendations/purchases'), ['checkout']],
  [http('GET', 'recommendations/metrics'), []],
  [http('GET', 'billing/charges?orderId=none'), ['checkout']],
  [http('POST', 'billing/charges'), ['checkout']],
  [http('GET', 'billing/charges/none'), ['checkout']],
  [http('POST', 'billing/charges/none/refunds'), ['checkout']],
  [http('DELETE', 'billing/charges/none'), []],
  [http('GET', 'billing/openapi.json'), []],
  [{ kind: 'tcp', host: 'postgres', port: 5432, hex: SSL_REQUEST }, ['checkout', 'billing', 'recommendations']],
];
const nameOf = (probe: Probe) => (probe.kind === 'http' ? `${probe.method} ${probe.url}` : `TCP ${probe.host}:5432`);

/** What the cells of one caller came to: the names of what it may do. A refused TCP connection ends without a byte. */
async function allowed(account: Account): Promise<string[]> {
  const probes = CELLS.map(([probe]) => probe);
  const outcomes = await shop.callers.probe({ account }, probes);
  const mays = probes.filter((probe, index) => {
    const { status, end } = outcomes[index]!;
    if (probe.kind === 'tcp') return end === 'answered';
    if (status === 0) throw new Error(`${account}, ${nameOf(probe)}: ${end}, which is neither yes nor no`);
    return status !== 403;
  });
  return mays.map(nameOf);
}

test.each(ACCOUNTS)(
  'When %s asks everything of everybody, then it gets what it is meant to, and the rest is refused',
  async (account) => {
    const meant = CELLS.filter(([, accounts]) => accounts.includes(account)).map(([probe]) => nameOf(probe));
    expect(await allowed(account)).toEqual(meant);
  },
  60_000,
);

test('When a caller of PostgreSQL has no right to it, then its connection ends without a byte', async () => {
  const [outcome] = await shop.callers.probe({ account: 'storefront' }, [
    { kind: 'tcp', host: 'postgres', port: 5432, hex: SSL_REQUEST },
  ]);
  expect([outcome!.end, outcome!.text]).toEqual(['closed', '']);
});

// Each connection from before answers one more request by the old policies, and says that it closes: so both ask again until none is left.
test('When a policy is taken away, then nobody may do what it allowed: the check notices', async () => {
  await shop.delete('istio/base/allow/billing.yaml');
  await eventually(async () => !(await allowed('checkout')).some((name) => name.includes('billing')), 60_000);
}, 120_000);

test('When a policy lets everybody in, then the check notices', async () => {
  await shop.apply('test/e2e/lessons/allow-everybody.yaml');
  await eventually(async () => (await allowed('default')).includes('GET http://recommendations/metrics'), 60_000);
}, 120_000);
