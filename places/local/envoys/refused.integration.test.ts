import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { deployment, service } from '../testing/manifests.ts';
import { INJECTED, gatewayTo, testEnvoy } from '../testing/mesh.ts';
import { type TestRunner, startTestRunner } from '../testing/runner.ts';

/** No schema checks the names of Envoy's command operators, as no webhook of Istio does: NOPE is none. */
const route = (name: string, operator: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec:
  hosts: [web]
  http: [{ headers: { request: { set: { x-seen: '%${operator}%' } } }, route: [{ destination: { host: web } }] }]
`;
const REASON = 'Not supported field in StreamInfo: NOPE';
const SHOP = [INJECTED, deployment({ app: 'web' }), service('web'), gatewayTo('web')];

let shop: TestRunner;
beforeAll(async () => {
  shop = await startTestRunner(SHOP, testEnvoy());
}, 60_000);
afterAll(async () => shop?.[Symbol.asyncDispose]());

const files = (name: string, text: string) => ({ files: [{ name, text }], namespace: 'shop' });
const names = async (kind: string) => {
  const { body } = await shop.ask<{ metadata: { name: string } }[]>(`GET /resources?kind=${kind}`);
  return body.map(({ metadata }) => metadata.name).sort();
};

test('When one object of a file is refused, then the whole file is taken back, and the sentence has its line', async () => {
  const both = `${service('more')}---\n${route('bad', 'NOPE')}`;
  for (let attempt = 0; attempt < 2; attempt++) {
    const { status, body } = await shop.ask<{ error: string }>('POST /apply', files('both.yaml', both));
    expect([status, body.error]).toEqual([
      422,
      expect.stringMatching(/^both\.yaml:9: VirtualService shop\/bad is refused by the Envoy of web-.*NOPE/),
    ]);
  }
  expect([await names('VirtualService'), await names('Service')]).toEqual([['web'], ['gateway', 'web']]);
});

test('When a delete brings out what Envoys refuse, then they keep what they had, and it is shown until it is mended', async () => {
  // Of two VirtualServices for one host the older one holds, so nobody sees the other.
  for (const [name, operator] of [['good', 'PROTOCOL'] as const, ['hidden', 'NOPE'] as const])
    expect((await shop.ask('POST /apply', files(`${name}.yaml`, route(name, operator)))).status).toBe(200);
  const { body } = await shop.ask<{ mesh: { rejected: { reason: string }[] } }>('POST /delete', {
    refs: [{ kind: 'VirtualService', namespace: 'shop', name: 'good' }],
  });
  expect(body.mesh.rejected.map(({ reason }) => reason)).toEqual([REASON]);
  const warnings = async () => (await shop.ask<{ warnings: string[] }>('GET /status')).body.warnings.join('\n');
  expect(await warnings()).toMatch(/the Envoy of web-\S+ refuses routes 80 and keeps what it had: Not supported field/);
  const sync = async () => (await shop.ask<{ states: object }[]>('GET /proxy-status')).body.map(({ states }) => states);
  expect(JSON.stringify(await sync())).toContain('"routes":"ERROR"');

  // An apply that has no part in it is not held up by it.
  const other =
    'apiVersion: v1\nkind: Service\nmetadata: { name: other }\nspec: { selector: { app: web }, ports: [{ name: http, port: 90 }] }\n';
  expect(await shop.ask('POST /apply', files('other.yaml', other))).toMatchObject({
    status: 200,
    body: { mesh: { rejected: [], late: [] } },
  });
  expect((await shop.ask('POST /apply', files('hidden.yaml', route('hidden', 'PROTOCOL')))).status).toBe(200);
  expect(JSON.stringify(await sync())).not.toMatch(/ERROR|STALE/);
  await eventually(async () => (await warnings()) === '');
});

test('When the first configuration is refused, then the start ends with that sentence', async () => {
  await expect(startTestRunner([...SHOP, route('bad', 'NOPE')], testEnvoy())).rejects.toThrow(
    /^The Envoy of web-\S+ refuses routes 80: Not supported field in StreamInfo: NOPE/,
  );
}, 60_000);
