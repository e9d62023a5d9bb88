import { afterAll, expect, test } from '@jest/globals';
import { startShop } from '../support/shop.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
const CHECKOUT = 'deployment/checkout-v1';

/** Each kind with the columns of istioctl's table, rows for the shop's own objects, and a text that its JSON contains. */
const QUERIES: [kind: string, heading: RegExp, rows: RegExp[], known: string][] = [
  [
    'listeners',
    /^ADDRESSES +PORT +MATCH +DESTINATION$/m,
    [
      /^127\.0\.0\.1 +\d+ +Trans: raw_buffer; App: http\/1\.1,h2c +Route: 80$/m,
      /^127\.0\.0\.1 +\d+ +Trans: tls +Cluster: inbound\|8080\|\|$/m,
    ],
    'envoy.filters.http.rbac',
  ],
  [
    'routes',
    /^NAME +VHOST NAME +DOMAINS +MATCH +VIRTUAL SERVICE$/m,
    [
      /^80 +billing\.shop\.svc\.cluster\.local:80 +billing\.shop\.svc\S+, billing \+ 2 more\.\.\. +\/\* +billing\.shop$/m,
    ],
    'outbound|80|v2|billing.shop.svc.cluster.local',
  ],
  [
    'clusters',
    /^SERVICE FQDN +PORT +SUBSET +DIRECTION +TYPE +DESTINATION RULE$/m,
    [/^billing\.shop\.svc\.cluster\.local +80 +v2 +outbound +EDS +billing\.shop$/m],
    'spiffe://cluster.local/ns/shop/sa/billing',
  ],
  [
    'endpoints',
    /^ENDPOINT +STATUS +OUTLIER CHECK +CLUSTER$/m,
    [/^127\.0\.0\.1:\d+ +HEALTHY +OK +outbound\|80\|v2\|billing\.shop\.svc\.cluster\.local$/m],
    'outbound|80|v2|billing.shop.svc.cluster.local',
  ],
  [
    'secrets',
    /^RESOURCE NAME +TYPE +STATUS +VALID CERT +SERIAL NUMBER +NOT AFTER +NOT BEFORE$/m,
    [/^default +Cert Chain +ACTIVE +true +[0-9a-f]+ +20\S+Z +20\S+Z$/m, /^ROOTCA +CA +ACTIVE +true /m],
    'BEGIN CERTIFICATE',
  ],
];

test.each(QUERIES)('When an Envoy’s %s are requested, then the table is istioctl’s', async (...query) => {
  const [kind, heading, rows, known] = query;
  const out = await shop.command('proxy-config', kind, CHECKOUT);
  for (const pattern of [heading, ...rows]) expect(out).toMatch(pattern);
  const data = JSON.parse(await shop.command('proxy-config', kind, CHECKOUT, '-o', 'json'));
  expect(JSON.stringify(data)).toContain(known);
});

test('When a secret is shown, then its key is not', async () => {
  const out = await shop.command('proxy-config', 'secrets', CHECKOUT, '-o', 'json');
  expect(out).toMatch(/BEGIN CERTIFICATE|LS0tLS1CRUdJTi/);
  expect(out).not.toMatch(/PRIVATE KEY|UFJJVkFURSBLRVk/);
});

test('When the configuration of an Envoy changes, then the answer changes with it', async () => {
  await shop.apply('istio/canary/50.yaml');
  const routes = () => shop.command('proxy-config', 'routes', CHECKOUT, '-o', 'json').then(JSON.parse);
  expect(JSON.stringify(await routes())).toContain('"weight":50');
  await shop.reset();
  expect(JSON.stringify(await routes())).not.toContain('"weight":50');
});
