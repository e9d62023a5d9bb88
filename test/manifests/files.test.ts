import { filesAreListed, filesAreSmall, filesParse, namesMatchKinds, namespaceIsNamedOnce } from './files.ts';
import { proves } from './proves.ts';
import { add, edit, remove } from './tree.ts';

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: extra }\n';

proves(filesParse, [
  [
    'a field is misspelt',
    (tree) => edit(tree, 'k8s/base/billing/v1.yaml', ['replicas:', 'replica:']),
    'k8s/base/billing/v1.yaml:7: "replica" in Deployment spec is unknown',
  ],
  [
    'a key stands twice',
    (tree) => edit(tree, 'istio/base/shop.yaml', ['  hosts:', '  hosts: []\n  hosts:']),
    'istio/base/shop.yaml:10: "hosts" stands twice',
  ],
]);

proves(filesAreSmall, [
  [
    'a file grows',
    (tree) => edit(tree, 'istio/base/shop.yaml', ['spec:', `spec:${'\n  # more'.repeat(40)}`]),
    'istio/base/shop.yaml has',
  ],
  [
    'two kinds share a file',
    (tree) => edit(tree, 'k8s/base/tracing.yaml', [/$/, `---\n${config}`]),
    'k8s/base/tracing.yaml contains ConfigMap, ConfigMap; one kind for each file',
  ],
  [
    'two hosts share a file',
    (tree) => edit(tree, 'istio/base/billing.yaml', [/(DestinationRule\nmetadata: \{ name: )billing/, '$1checkout']),
    "istio/base/billing.yaml contains more than one host's",
  ],
]);

proves(namesMatchKinds, [
  [
    'a file has another kind than its name says',
    (tree) => add(tree, 'k8s/base/billing/account.yaml', config),
    'k8s/base/billing/account.yaml should contain a ServiceAccount, not a ConfigMap',
  ],
]);

proves(filesAreListed, [
  [
    'a file is not listed',
    (tree) => add(tree, 'k8s/base/extra.yaml', config),
    'k8s/base/extra.yaml is listed in 0 kustomizations',
  ],
  [
    'a policy is not listed',
    (tree) => edit(tree, 'istio/base/kustomization.yaml', ['  - deny-all.yaml\n', '']),
    'istio/base/deny-all.yaml is listed in 0',
  ],
  [
    'a file is listed twice',
    (tree) => edit(tree, 'k8s/overlays/local/kustomization.yaml', [', demo]', ', demo, ../../base/tracing.yaml]']),
    'k8s/base/tracing.yaml is listed in 2',
  ],
  [
    'a listed file is missing',
    (tree) => remove(tree, 'k8s/base/namespace.yaml'),
    'k8s/base/namespace.yaml is listed, but does not exist',
  ],
]);

proves(namespaceIsNamedOnce, [
  [
    'a file names the namespace',
    (tree) => edit(tree, 'k8s/base/billing/service.yaml', ['name: billing,', 'name: billing, namespace: shop,']),
    'k8s/base/billing/service.yaml:3 names the namespace shop',
  ],
  [
    'a host names the namespace',
    (tree) => edit(tree, 'istio/base/shop.yaml', ['host: storefront', 'host: storefront.shop.svc.cluster.local']),
    'istio/base/shop.yaml:14 names the namespace shop',
  ],
  [
    'a file names another namespace',
    (tree) => edit(tree, 'k8s/base/tracing.yaml', ['name: tracing', 'name: tracing, namespace: other']),
    'ConfigMap tracing names the namespace other',
  ],
  [
    'a kustomization does not name it',
    (tree) => edit(tree, 'istio/base/kustomization.yaml', ['namespace: shop\n', '']),
    'istio/base/kustomization.yaml should say',
  ],
]);
