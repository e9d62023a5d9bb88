import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buy, purchase } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { startShop } from '../support/shop.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
afterEach(() => shop.reset());

const podOf = async (app: string, version = 'v1') =>
  (await shop.pods()).find(({ labels }) => labels['app'] === app && labels['version'] === version)!.name;

async function fileWith(text: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'tuesday-commands-')), 'my.yaml');
  await writeFile(file, text);
  return file;
}

describe('apply', () => {
  test('When a canary is applied, then kubectl’s line says how many sidecars acknowledged, and traffic and describe follow', async () => {
    const applied = await shop.command('apply', '-f', 'istio/canary/50.yaml');
    expect(applied).toMatch(
      /^virtualservice\.networking\.istio\.io\/recommendations configured +9 sidecars acknowledged in \d+ ms\n$/,
    );
    expect(await shop.command('apply', '-f', 'istio/canary/50.yaml')).toMatch(/recommendations unchanged/);
    const { verdicts } = JSON.parse(await shop.command('traffic', '--requests', '400', '-o', 'json'));
    expect(verdicts).toMatchObject([{ promised: 0.5, outcome: 'consistent' }]);
    expect(await shop.command('describe', 'pod', await podOf('recommendations', 'v2'))).toMatch(
      /→ recommendations v2 +50 % +VirtualService shop\/recommendations \(istio\/canary\/50\.yaml:\d+\)/,
    );
  });

  test('When an Envoy refuses what it is told, then its reason and the file are said, and the shop goes on', async () => {
    // RE2 takes no number of repetitions above 1,000: no schema knows that.
    const file = await fileWith(`apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront-narrow }
spec:
  hosts: [storefront]
  http:
    - match: [{ uri: { regex: '/a{1001}' } }]
      route: [{ destination: { host: storefront } }]
    - route: [{ destination: { host: storefront } }]
`);
    const refused = await shop.command('apply', '-f', file).then(
      () => 'taken',
      (error: Error) => error.message,
    );
    expect(refused).toMatch(
      /my\.yaml:2: \d+ Envoys refused it and keep what they had: invalid repetition size: \{1001\}/,
    );
    expect((await buy(shop.url, purchase())).status).toBe(201);
  });
});

test('When traffic is asked for, then its verdict goes with 90/10 and names the callers', async () => {
  const said = await shop.command('traffic', '--requests', '1000');
  expect(said).toMatch(/recommendations v2 +\d+ +\d+\.\d % +consistent with 10 %/);
  expect(said).toMatch(/callers seen: spiffe:.*\/ns\/shop\/sa\/storefront, all over mTLS/);
});

describe('describe', () => {
  test('When a pod is described, then identity, mTLS, callers and routes name the objects that decided', async () => {
    const said = await shop.command('describe', 'pod', await podOf('recommendations', 'v2'));
    expect(said).toMatch(
      /Identity: spiffe:\/\/cluster\.local\/ns\/shop\/sa\/recommendations +certificate renewed in \d+ h/,
    );
    expect(said).toMatch(
      /port 8080 \(http\) +mTLS STRICT +PeerAuthentication shop\/default \(istio\/base\/strict-mtls\.yaml:\d+\)/,
    );
    expect(said).toMatch(
      /allowed callers .*storefront.* AuthorizationPolicy shop\/\S+, rule 0 \(istio\/base\/allow\/\S+:\d+\)/,
    );
    expect(said).toMatch(/anybody else +403 +AuthorizationPolicy shop\/deny-all/);
    expect(said).toMatch(/→ recommendations v2 +10 % +VirtualService shop\/recommendations/);
  });

  test('When mTLS is permissive, then it says so, and who decided that', async () => {
    await shop.apply('istio/security/permissive.yaml');
    const said = await shop.command('describe', 'pod', await podOf('billing'));
    expect(said).toMatch(/mTLS PERMISSIVE +PeerAuthentication shop\/default \(istio\/security\/permissive\.yaml:\d+\)/);
  });

  test('When a service is described, then its subsets and their ways are there', async () => {
    const said = await shop.command('describe', 'service', 'billing');
    expect(said).toMatch(/v1 +version=v1 +DestinationRule shop\/billing/);
    expect(said).toMatch(/→ billing v2 +1 % +VirtualService shop\/billing/);
  });
});

describe('proxy-config', () => {
  test.each([
    ['listeners', /^ADDRESSES +PORT +MATCH +DESTINATION$/m, /^\S+ +\d+ .*80\b.*$/m],
    ['routes', /^NAME +VHOST NAME +DOMAINS +MATCH +VIRTUAL SERVICE$/m, /^80 .*billing.*billing\.shop$/m],
    [
      'clusters',
      /^SERVICE FQDN +PORT +SUBSET +DIRECTION +TYPE +DESTINATION RULE$/m,
      /^billing\.shop\.svc\.cluster\.local +80 +v2 +outbound +EDS +billing\.shop$/m,
    ],
    [
      'endpoints',
      /^ENDPOINT +STATUS +OUTLIER CHECK +CLUSTER$/m,
      /^127\.0\.0\.1:\d+ +HEALTHY +OK +outbound\|80\|v2\|billing\.shop\.svc\.cluster\.local$/m,
    ],
    ['secrets', /^RESOURCE NAME +TYPE +STATUS +VALID CERT/m, /^default +Cert Chain +ACTIVE +true/m],
  ])('When its %s are asked for, then an Envoy answers in istioctl’s table', async (kind, heading, row) => {
    const said = await shop.command('proxy-config', kind, await podOf('checkout'));
    expect(said).toMatch(heading);
    expect(said).toMatch(row);
    expect(JSON.parse(await shop.command('proxy-config', kind, await podOf('checkout'), '-o', 'json'))).not.toEqual([]);
  });

  test('When a secret is shown, then its key is not', async () => {
    const said = await shop.command('proxy-config', 'secrets', await podOf('checkout'), '-o', 'json');
    expect(said).toMatch(/BEGIN CERTIFICATE|LS0tLS1CRUdJTi/);
    expect(said).not.toMatch(/PRIVATE KEY|UFJJVkFURSBLRVk/);
  });
});

test('When a file is rendered, then it is what Envoy would be told, and nothing is applied', async () => {
  const [storefront] = JSON.parse(
    await shop.command('render', '-f', 'istio/canary/25.yaml', 'storefront', '-o', 'json'),
  );
  expect(JSON.stringify(storefront)).toMatch(/"weight":25/);
  expect(await shop.command('get', 'virtualservice', 'recommendations', '-o', 'yaml')).not.toMatch(/weight: 25/);
});

test('When the last trace is asked for, then gateway, sidecars and apps are in it', async () => {
  await buy(shop.url, purchase());
  const wanted = [
    /^gateway +POST \/api\/checkout/m,
    /checkout v\d sidecar +POST \/api\/checkout/,
    /billing v\d sidecar +POST \/charges/,
    /^ *billing v\d  /m,
  ];
  // Each process sends its spans when it has time: the newest whole trace may be an older one for some seconds.
  const said = await eventually(async () => {
    const drawn = await shop.command('trace', 'last');
    return wanted.every((who) => who.test(drawn)) && drawn;
  }, 15_000);
  expect(said).toMatch(/^Trace [0-9a-f]{32} +POST \/api\/checkout +201 /);
});
