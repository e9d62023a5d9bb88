import { expect, test } from '@jest/globals';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedFolder, startShop } from './start.ts';

test('When a manifest has a mistake, then the start fails with its line, and not with a stack', async () => {
  const overlay = await mkdtemp(join(tmpdir(), 'tuesday-start-'));
  await writeFile(join(overlay, 'kustomization.yaml'), 'resources: [all.yaml]\n');
  await writeFile(join(overlay, 'all.yaml'), 'apiVersion: apps/v1\nkind: Deploymnet\nmetadata: { name: web }\n');
  const options = { overlay, state: join(overlay, 'state'), port: 0, namespace: 'shop', mesh: false };
  await expect(startShop({ ...options, onProgress: () => undefined })).rejects.toMatchObject({
    name: 'Failure',
    message: expect.stringMatching(/all\.yaml:2: kind "Deploymnet" is unknown\. Did you mean "Deployment"\?/),
  });
});

test.each([
  ['EACCES', '/s/logs cannot be written: this user may not. Mend that, or choose another folder with --state.'],
  ['ENOSPC', '/s/logs cannot be written: the disk is full. Mend that, or choose another folder with --state.'],
  ['EINVAL', undefined],
])(
  'When the system answers %s for a file of the shop, then one sentence names it and the way out',
  (code, sentence) => {
    const error = Object.assign(new Error(code), { code, path: '/s/logs' });
    expect(closedFolder(error)?.message).toBe(sentence);
  },
);
