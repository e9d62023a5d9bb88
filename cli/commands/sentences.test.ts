import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { fakeShop } from '../testing/fake-shop.ts';
import { runCli } from '../testing/run-cli.ts';

test.each(['restart', 'status'])(
  'When the rollout %s of a Service is asked for, then one sentence says so',
  async (verb) => {
    await using shop = await fakeShop({}, []);
    const ran = await runCli(shop, 'rollout', verb, 'svc/billing');
    expect([ran.code, ran.err]).toEqual([1, 'error: a Service has no rollout; a Deployment or StatefulSet has\n']);
  },
);

test('When a sentence or a warning has control characters, then the terminal gets escapes', async () => {
  const ref = { kind: 'VirtualService', namespace: 'shop', name: 'a' };
  const warnings = ['my.yaml:1: a warning in \u001b[31mred.'];
  await using shop = await fakeShop(
    {
      'POST /apply': { json: { changes: [{ ref, change: 'configured' }], warnings } },
    },
    [],
  );
  const file = join(await mkdtemp(join(tmpdir(), 'control-')), 'a.yaml');
  await writeFile(file, 'kind: VirtualService');
  expect((await runCli(shop, 'apply', '-f', file)).err).toContain(String.raw`in \u001b[31mred.`);
  const missing = await runCli(shop, 'apply', '-f', '\u001b[31mred.yaml');
  expect(missing.err).toBe('\\u001b[31mred.yaml: cannot be read: no such file or folder. Nothing was changed.\n');
});

test('When an object with control characters is described, then the terminal gets escapes', async () => {
  const metadata = { name: 'a', namespace: 'shop', annotations: { note: '\u001b[31mred' } };
  await using shop = await fakeShop({}, [{ apiVersion: 'v1', kind: 'ConfigMap', metadata }]);
  const { out } = await runCli(shop, 'describe', 'cm', 'a');
  expect(out).toContain(String.raw`note=\u001b[31mred`);
});
