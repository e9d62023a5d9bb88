import { describe, expect, test } from '@jest/globals';
import { built, findKubectl, loaded } from './kustomize.ts';
import {
  compare,
  connectionsFit,
  devDiffersForFileSync,
  localIsWhatTheRunnerLoads,
  productionHasNoDemo,
  workshopIsIsolated,
} from './overlays.ts';
import { proves } from './proves.ts';
import { renderedOverlay } from './skaffold/render.ts';
import { edit, loadTree } from './tree.ts';

const overlay = (name: string) => `k8s/overlays/${name}/kustomization.yaml`;

describe('kubectl', () => {
  test('When neither PATH nor KUBECTL has a kubectl, then none is found', () => {
    expect(findKubectl({ KUBECTL: '/nowhere/kubectl' })).toBeUndefined();
  });
});

if (findKubectl() === undefined) {
  process.stderr.write('not run: kubectl kustomize of k8s/overlays (no kubectl on PATH, and KUBECTL names none)\n');
} else {
  proves(localIsWhatTheRunnerLoads, [
    [
      'a kustomization has a field that the runner does not know',
      (tree) => edit(tree, overlay('local'), ['resources:', 'namePrefix: my-\nresources:']),
      '"namePrefix" in Kustomization is unknown',
    ],
    [
      'kubectl rejects a kustomization',
      (tree) => edit(tree, overlay('local'), [', demo]', ', demo, demo]']),
      'Command failed',
    ],
  ]);

  proves(connectionsFit, [
    [
      'there are more pods',
      (tree) =>
        edit(tree, overlay('production'), ['{ name: checkout-v1, count: 2 }', '{ name: checkout-v1, count: 4 }']),
      'the pods may need 105 connections',
    ],
    [
      'a pod takes more',
      (tree) =>
        edit(tree, 'k8s/base/billing/v1.yaml', [
          '            - name: DATABASE_URL',
          '            - { name: DATABASE_CONNECTIONS, value: "8" }\n            - name: DATABASE_URL',
        ]),
      'the pods may need 104 connections',
    ],
  ]);

  describe('overlays/local', () => {
    const tree = loadTree();
    const kubectls = built(tree, 'local');
    const runners = loaded(tree, 'local');

    test.each([...kubectls.keys()])('When the two readings of %s differ, then it is detected', (name) => {
      const changed = new Map(runners);
      changed.set(name, { ...changed.get(name)!, kind: 'Other' });
      expect(compare(kubectls, changed)).toEqual([`${name} is not the same`]);
    });
  });

  test('When kubectl and our own rendering make the overlay of skaffold dev, then the objects are the same', () => {
    const tree = loadTree();
    expect(compare(built(tree, 'dev'), renderedOverlay(tree, 'dev'))).toEqual([]);
    const other = edit(tree, overlay('dev'), ['value: false', 'value: true']);
    expect(compare(built(tree, 'dev'), renderedOverlay(other, 'dev'))).toContain(
      'Deployment shop/billing-v1 is not the same',
    );
  });

  proves(devDiffersForFileSync, [
    [
      'one app is left out',
      (tree) => edit(tree, overlay('dev'), ['tuesday,version', 'tuesday,version,app!=storefront']),
      'storefront does not watch its sources',
    ],
    [
      'another workload watches its sources too',
      (tree) =>
        edit(tree, 'k8s/addons/jaeger/jaeger.yaml', ['labels: { app: jaeger,', 'labels: { app: jaeger, version: v2,']),
      'Deployment istio-system/jaeger is not the same',
    ],
    [
      'another security setting is relaxed',
      (tree) => edit(tree, overlay('dev'), ['readOnlyRootFilesystem', 'allowPrivilegeEscalation']),
      'Deployment shop/billing-v1 is not the same',
    ],
    [
      'tar replaces a file instead of writing into it',
      (tree) => edit(tree, overlay('dev'), ['value: --overwrite', 'value: --unlink-first']),
      'Deployment shop/billing-v1 is not the same',
    ],
    [
      'no app watches its sources',
      (tree) => edit(tree, overlay('dev'), ['--watch, ', '']),
      'billing-v2 does not watch its sources',
    ],
  ]);

  proves(workshopIsIsolated, [
    [
      'the namespace is left out',
      (tree) => edit(tree, overlay('workshop'), ['namespace: learner-07\n', '']),
      'the learner has no',
    ],
    [
      'Jaeger is included',
      (tree) => edit(tree, overlay('workshop'), ['../local/demo', '../local/demo, ../../addons/jaeger']),
      'Deployment learner-07/jaeger: Jaeger runs once for a cluster',
    ],
    [
      'pods keep the label of the shop',
      (tree) => edit(tree, overlay('workshop'), [/.*kind: Deployment.*\n/, '']),
      "the gateway's pods have another learner's label",
    ],
    [
      'the Gateway selects the shop',
      (tree) => edit(tree, overlay('workshop'), [/.*kind: Gateway.*\n/, '']),
      "the Gateway selects another learner's pods",
    ],
  ]);

  proves(productionHasNoDemo, [
    [
      'demo passwords are included',
      (tree) => edit(tree, overlay('production'), ['istio/base]', 'istio/base, ../local/demo]']),
      'Secret billing-database is in a file',
    ],
    [
      'the comment does not name a Secret',
      (tree) => edit(tree, overlay('production'), ['postgres-init', 'some']),
      'Secret postgres-init',
    ],
    [
      'an image is not replaced',
      (tree) => edit(tree, overlay('production'), [/.*tuesday\.local\/billing.*\n/, '']),
      'billing-v1 runs an image that cannot be pulled',
    ],
    [
      'a workload has one pod',
      (tree) => edit(tree, overlay('production'), [/.*gateway, count.*\n/, '']),
      'gateway has one pod only',
    ],
  ]);
}
