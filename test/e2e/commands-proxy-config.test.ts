import { afterAll, expect, test } from '@jest/globals';
import { startShop } from '../support/shop.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
const CHECKOUT = 'deployment/checkout-v1';

/** Each question with the columns of istioctl's answer, rows that the shop's own objects make, and what its JSON names. */
const QUESTIONS: [kind: string, heading: RegExp, rows: RegExp[], known: string][] = [
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
      /^80 +billing\.shop\.svc\.cluster\.local:80 +billing\.shop\.svc\S+, billing \+ 1 more\.\.\. +\/\* +billing\.shop$/m,
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

test.each(QUESTIONS)('When its %s are asked for, then an Envoy answers in istioctl’s table', async (...question) => {
  const [kind, heading, rows, known] = question;
  const said = await shop.command('proxy-config', kind, CHECKOUT);
  for (const pattern of [heading, ...rows]) expect(said).toMatch(pattern);
  const data = JSON.parse(await shop.command('proxy-config', kind, CHECKOUT, '-o', 'json'));
  expect(JSON.stringify(data)).toContain(known);
});

test('When a secret is shown, then its key is not', async () => {
  const said = await shop.command('proxy-config', 'secrets', CHECKOUT, '-o', 'json');
  expect(said).toMatch(/BEGIN CERTIFICATE|LS0tLS1CRUdJTi/);
  expect(said).not.toMatch(/PRIVATE KEY|UFJJVkFURSBLRVk/);
});

test('When an Envoy is told something else, then its answer changes with it', async () => {
  await shop.apply('istio/canary/50.yaml');
  const routes = () => shop.command('proxy-config', 'routes', CHECKOUT, '-o', 'json').then(JSON.parse);
  expect(JSON.stringify(await routes())).toContain('"weight":50');
  await shop.reset();
  expect(JSON.stringify(await routes())).not.toContain('"weight":50');
});
