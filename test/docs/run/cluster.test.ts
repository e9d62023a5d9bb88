import { expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from '../../../places/place.ts';
import { cluster } from './cluster.ts';

/** As far as the ground asks it: one route in the namespace of the shop. */
const shop = {
  command: async (...words: string[]) => {
    const [, , , namespace = ''] = words;
    const items = namespace === 'shop' ? [{ kind: 'VirtualService', metadata: { name: 'billing', namespace } }] : [];
    return JSON.stringify({ items });
  },
  pods: async () => [{ name: 'a', namespace: 'shop', labels: { app: 'billing' }, ready: true, restarts: 0 }],
  reset: async () => undefined,
} as Partial<Place> as Place;

test('When a document is run on a cluster, then its kubectl has a copy of KUBECONFIG, and objects and pods are looked at', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tuesday-kubeconfig-'));
  const config = join(folder, 'config');
  writeFileSync(config, 'mine');
  const ground = await cluster(shop, { PATH: '/bin', HOME: folder, KUBECONFIG: config });
  const copy = ground.env['KUBECONFIG']!;
  writeFileSync(copy, `${readFileSync(copy, 'utf8')} of another namespace`);
  expect(readFileSync(config, 'utf8')).toBe('mine');
  expect([...(await ground.look()).keys()]).toEqual(
    expect.arrayContaining(['VirtualService shop/billing', 'pods of billing', 'commit']),
  );
  await ground[Symbol.asyncDispose]();
  expect(() => readFileSync(copy)).toThrow();
  rmSync(folder, { recursive: true });
});
