import { describe, expect, test } from '@jest/globals';
import { readKustomization } from '@tuesday/mesh/manifests';
import { loadTree, objects, ROOT } from './tree.ts';

describe('k8s/overlays/local', () => {
  test('When the runner reads it, then it has every object of k8s and istio/base, once, in its namespace', () => {
    const tree = loadTree();
    const named = ({ kind, metadata }: { kind: string; metadata: { namespace?: string; name: string } }) =>
      `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
    const loaded = readKustomization(`${ROOT}k8s/overlays/local`, { namespace: 'shop' }).map(named).sort();
    const written = [...objects(tree, 'k8s/'), ...objects(tree, 'istio/base/')].map(named).sort();
    expect(loaded).toEqual(written);
    expect(loaded).toContain('Deployment shop/checkout-v1');
    expect(loaded).toContain('Service istio-system/jaeger-collector');
    expect(loaded).toContain('Namespace /shop');
  });
});
