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
/** Every request claims to be of a customer: no caller gains anything by that. */
const headers = { 'x-customer-id': 'ada' };
const http = (method: string, url: string): Probe => ({ kind: 'http', method, url: `http://${url}`, headers });

// Who may call what, as in docs/architecture.md. All other calls are rejected.
const CELLS: [Probe, Account[]][] = [
  [http('GET', 'gateway/api/products'), [...ACCOUNTS]],
  [http('GET', 'gateway/api/orders/none'), []],
  [http('POST', 'gateway/api/checkout'), []],
  [http('GET', 'storefront/'), ['gateway']],
  [http('HEAD', 'storefront/'), ['gateway']],
  [http('GET', 'storefront/assets/none.js'), ['gateway']],
  [http('GET', 'storefront/api/recommendations'), ['gateway']],
  [http('POST', 'storefront/api/session'), ['gateway']],
  [http('POST', 'storefront/sign-out'), ['gateway']],
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

/** The names of the cells that one caller is allowed. A rejected TCP connection ends without a byte. */
async function allowed(account: Account): Promise<string[]> {
  const probes = CELLS.map(([probe]) => probe);
  const outcomes = await shop.callers.probe({ account }, probes);
  const permitted = probes.filter((probe, index) => {
    const { status, end } = outcomes[index]!;
    if (probe.kind === 'tcp') return end === 'answered';
    if (status === 0) throw new Error(`${account}, ${nameOf(probe)}: ${end}, which is neither allowed nor rejected`);
    return status !== 403;
  });
  return permitted.map(nameOf);
}

test.each(ACCOUNTS)(
  'When %s calls every path of every service, then it is allowed its own calls, and all others are rejected',
  async (account) => {
    const expected = CELLS.filter(([, accounts]) => accounts.includes(account)).map(([probe]) => nameOf(probe));
    expect(await allowed(account)).toEqual(expected);
  },
  60_000,
);

test('When a caller may not use PostgreSQL, then its connection ends without a byte', async () => {
  const [outcome] = await shop.callers.probe({ account: 'storefront' }, [
    { kind: 'tcp', host: 'postgres', port: 5432, hex: SSL_REQUEST },
  ]);
  expect([outcome!.end, outcome!.text]).toEqual(['closed', '']);
});

// An old connection answers one more request by the old policies and then closes, so both tests repeat until none is left.
test('When a policy is removed, then the check detects that its calls are rejected', async () => {
  await shop.delete('istio/base/allow/billing.yaml');
  await eventually(async () => !(await allowed('checkout')).some((name) => name.includes('billing')), 60_000);
}, 120_000);

test('When a policy allows every caller, then the check detects it', async () => {
  await shop.apply('test/e2e/lessons/allow-every-caller.yaml');
  await eventually(async () => (await allowed('default')).includes('GET http://recommendations/metrics'), 60_000);
}, 120_000);
