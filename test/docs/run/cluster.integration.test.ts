import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from '../../../places/place.ts';
import { cluster } from './cluster.ts';
import { madeUp } from './made-up.ts';

const resets: string[] = [];

/** As far as the ground asks it: a namespace, and one route in that of the shop. */
const shop = {
  command: async (...words: string[]) => {
    if (words[0] === 'config') return words.join(' ') === 'config view --raw --flatten' ? 'mine' : '';
    const [, kinds = '', , namespace = ''] = words;
    const items = namespace === 'shop' ? [{ kind: 'VirtualService', metadata: { name: 'billing', namespace } }] : [];
    const namespaces = kinds.includes('namespaces') ? [{ kind: 'Namespace', metadata: { name: 'shop' } }] : [];
    return JSON.stringify({ items: [...items, ...namespaces] });
  },
  pods: async () => [{ name: 'a', namespace: 'shop', labels: { app: 'billing' }, ready: true, restarts: 0 }],
  reset: async () => void resets.push('lessons'),
} as Partial<Place> as Place;

test('When a document is run on a cluster, then its kubectl has a copy of KUBECONFIG, objects and pods are looked at, and a reset applies all of them', async () => {
  await using tree = madeUp();
  const note = join(tree.cwd, '../note');
  tree.program('kubectl', `echo "$* with $(basename $KUBECONFIG)" > ${note}`);
  const ground = await cluster(shop, { PATH: tree.env['PATH'], KUBECONFIG: 'a:b' }, tree.cwd);
  const copy = ground.env['KUBECONFIG']!;
  expect(readFileSync(copy, 'utf8')).toBe('mine');
  expect([...(await ground.look()).keys()]).toEqual(
    expect.arrayContaining(['Namespace shop', 'VirtualService shop/billing', 'pods of billing', 'commit']),
  );
  await ground.reset();
  expect([readFileSync(note, 'utf8'), resets]).toEqual(['apply -k k8s/overlays/local with config\n', ['lessons']]);
  await ground[Symbol.asyncDispose]();
  expect(() => readFileSync(copy)).toThrow();
});
