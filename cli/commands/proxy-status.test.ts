import { expect, test } from '@jest/globals';
import type { ProxyStatus } from '../../places/local/api/proxy-status.ts';
import { fakeShop } from '../testing/fake-shop.ts';
import { runCli } from '../testing/run-cli.ts';

const SYNCED = {
  clusters: 'SYNCED',
  listeners: 'SYNCED',
  endpoints: 'SYNCED',
  routes: 'SYNCED',
  secrets: 'SYNCED',
} as const;
const STATUS: ProxyStatus[] = [
  { pod: 'checkout-v1-a', namespace: 'shop', states: SYNCED, refusals: [] },
  {
    pod: 'gateway-b',
    namespace: 'shop',
    states: { ...SYNCED, listeners: 'ERROR', endpoints: 'STALE', secrets: 'NOT SENT' },
    refusals: [{ type: 'listeners', name: '0.0.0.0_8080', reason: 'no such thing' }],
  },
];

test('When proxy-status is asked for, then each Envoy has a line as in istioctl, and what it refuses is said with its reason', async () => {
  await using shop = await fakeShop({ 'GET /proxy-status': () => ({ json: STATUS }) });
  expect(await runCli(shop, 'proxy-status')).toEqual({
    code: 0,
    out: [
      'NAME                 CDS      LDS      EDS      RDS      SDS',
      'checkout-v1-a.shop   SYNCED   SYNCED   SYNCED   SYNCED   SYNCED',
      'gateway-b.shop       SYNCED   ERROR    STALE    SYNCED   NOT SENT',
      '',
    ].join('\n'),
    err: 'ERROR: gateway-b refuses listeners 0.0.0.0_8080 and keeps what it had: no such thing\n',
  });
});

test('When data is asked for, then it has the same facts; ps is the same command', async () => {
  await using shop = await fakeShop({ 'GET /proxy-status': () => ({ json: STATUS }) });
  expect(JSON.parse((await runCli(shop, 'ps', '-o', 'json')).out)).toEqual(STATUS);
});
