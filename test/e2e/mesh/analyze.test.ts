import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { runProgram } from '../../../places/program.ts';
import { startShop } from '../../support/shop.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
afterEach(() => shop.reset());

/** The codes of istioctl's findings in the live namespace. It exits non-zero when it finds something. */
async function analyze(): Promise<string[]> {
  const json = await runProgram('sh', ['-c', 'istioctl analyze -n shop -o json || true']);
  return (JSON.parse(json) as { code: string }[]).map(({ code }) => code);
}

/** Whether istioctl accepts a file. */
const isValid = (file: string) =>
  runProgram('istioctl', ['validate', '-f', file]).then(
    () => true,
    () => false,
  );

test('When istioctl validates every Istio file, then it says that each is valid', async () => {
  const files = (await readdir('istio', { recursive: true })).filter(
    (file) =>
      file.endsWith('.yaml') &&
      // not resources of Istio: MeshConfig, Helm values, a kustomization, and a removed kind
      !/^(mesh-config\.yaml|install\/|base\/kustomization\.yaml|article\/mesh-policy\.yaml)/.test(file),
  );
  expect(files.length).toBeGreaterThan(20);
  const valid = await Promise.all(files.map((file) => isValid(join('istio', file))));
  expect(files.filter((_file, index) => !valid[index])).toEqual([]);
  expect(await isValid('test/e2e/lessons/mutant-weights.yaml')).toBe(false);
}, 120_000);

test('When istioctl analyzes the shop, then it finds nothing', async () => {
  expect(await analyze()).toEqual([]);
}, 60_000);

describe('mutants', () => {
  test.each([
    ['a Gateway whose selector matches nothing', 'mutant-gateway.yaml', 'IST0101'],
    ['a route to a host that does not exist', 'mutant-host.yaml', 'IST0101'],
    ['a route to a subset that does not exist', 'mutant-subset.yaml', 'IST0101'],
  ])(
    'When there is %s, then istioctl finds it',
    async (_name, file, code) => {
      await shop.apply(`test/e2e/lessons/${file}`);
      expect(await analyze()).toContain(code);
    },
    60_000,
  );

  test('When the namespace loses its label, then istioctl finds it', async () => {
    await shop.command('label', 'namespace', 'shop', 'istio-injection-');
    const found = await analyze();
    await shop.command('label', 'namespace', 'shop', 'istio-injection=enabled');
    expect(found).toContain('IST0102');
  }, 60_000);

  test('When the tracing provider is unknown, then its name is not among those of the MeshConfig', async () => {
    const mesh = await shop.command('-n', 'istio-system', 'get', 'configmap', 'istio', '-o', 'jsonpath={.data.mesh}');
    const unknown = async (file: string) =>
      [...(await readFile(file, 'utf8')).matchAll(/providers: \[\{ name: ([\w-]+) \}\]/g)]
        .map(([, name]) => name!)
        .filter((name) => !new RegExp(`name: ${name}$`, 'm').test(mesh));
    for (const file of ['istio/base/tracing.yaml', 'istio/tracing/otel.yaml', 'istio/tracing/zipkin-b3.yaml'])
      expect(await unknown(file)).toEqual([]);
    expect(await unknown('test/e2e/lessons/mutant-provider.yaml')).toEqual(['missing']);
  }, 60_000);
});
