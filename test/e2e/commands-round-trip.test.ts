import { afterAll, afterEach, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedLocalShop } from '../support/shared-shop.ts';

const shop = await sharedLocalShop();
const folder = await mkdtemp(join(tmpdir(), 'tuesday-round-trip-'));
afterEach(() => shop.reset());
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test('When what get prints is applied, then every object is unchanged', async () => {
  const kinds = ['deployments', 'statefulsets', 'services', 'configmaps', 'secrets', 'serviceaccounts', 'namespaces'];
  const istio = ['gateways', 'virtualservices', 'destinationrules', 'peerauthentications', 'authorizationpolicies'];
  for (const kind of [...kinds, ...istio])
    for (const output of ['yaml', 'json']) {
      const file = join(folder, `${kind}.${output}`);
      await writeFile(file, await shop.command('get', kind, '-A', '-o', output));
      const { code, stdout, stderr } = await shop.tuesday('apply', '-f', file);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^(\S+ unchanged\n)+$/);
    }
});
