import { proves } from './proves.ts';
import { publishedModelsAgree } from './second-opinion.ts';
import { add, edit } from './tree.ts';

proves(publishedModelsAgree, [
  [
    'a weight is a word',
    (tree) => edit(tree, 'istio/base/billing.yaml', ['weight: 99', 'weight: most']),
    'istio/base/billing.yaml: ',
  ],
  [
    'a mode does not exist',
    (tree) => edit(tree, 'istio/base/strict-mtls.yaml', ['STRICT', 'STRICTER']),
    'istio/base/strict-mtls.yaml: ',
  ],
  [
    'replicas are a word',
    (tree) => edit(tree, 'k8s/base/billing/v1.yaml', ['replicas: 1', 'replicas: one']),
    'k8s/base/billing/v1.yaml: ',
  ],
  [
    'a selector is missing',
    (tree) => edit(tree, 'k8s/base/postgres/statefulset.yaml', [/ {2}selector:\n.*\n/, '']),
    'k8s/base/postgres/statefulset.yaml: ',
  ],
  [
    'a kind has no model',
    (tree) => add(tree, 'k8s/base/job.yaml', 'apiVersion: batch/v1\nkind: Job\n'),
    'there is no published model of Job',
  ],
]);
