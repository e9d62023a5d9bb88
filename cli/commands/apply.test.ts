import { expect, test } from '@jest/globals';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeShop } from '../testing/fake-shop.ts';
import { runCli } from '../testing/run-cli.ts';

const REF = { kind: 'VirtualService', namespace: 'shop', name: 'recommendations' };

test('When files are to be watched, then the request says so; what cannot be saved cannot be watched', async () => {
  await using shop = await fakeShop({
    'POST /apply': { json: { changes: [{ ref: REF, change: 'created' }], warnings: [] } },
  });
  const file = join(await mkdtemp(join(tmpdir(), 'tuesday-cli-')), 'my.yaml');
  await writeFile(file, 'kind: VirtualService\n');
  const { out } = await runCli(shop, 'apply', '--watch', '-f', file);
  expect(out).toMatch(/created\nSaving these files applies them again, until the shop ends\.\n$/);
  expect(shop.asked[0]?.body).toMatchObject({ watch: true });
  for (const [path, what] of [
    ['-', 'standard input'],
    ['https://example.org/a.yaml', 'https://example.org/a.yaml'],
  ] as const)
    expect(await runCli(shop, 'apply', '--watch', '-f', path)).toMatchObject({
      code: 1,
      err: `error: --watch needs files that can be saved: ${what} is none\n`,
    });
  expect(shop.asked).toHaveLength(1);
});
