import {
  addressesExist,
  labelsAreTheOnlySwitch,
  namesAgree,
  everyServiceIsComplete,
  referencesResolve,
  versionsDifferOnlyInTheirLabel,
} from './services.ts';
import { proves } from './proves.ts';
import { add, edit, remove } from './tree.ts';

const v2 = 'k8s/base/billing/v2.yaml';

proves(everyServiceIsComplete, [
  [
    'the code has one more service',
    (tree) => ({ ...tree, services: [...tree.services, 'nowhere'] }),
    'service nowhere has no k8s/base/nowhere/account.yaml',
  ],
  [
    'the code has one service less',
    (tree) => ({ ...tree, services: tree.services.filter((name) => name !== 'billing') }),
    'k8s/base/billing has no services/billing',
  ],
  [
    'a Service is missing',
    (tree) => remove(tree, 'k8s/base/checkout/service.yaml'),
    'service checkout has no k8s/base/checkout/service.yaml',
  ],
  ['a version is missing', (tree) => remove(tree, v2), `service billing has no ${v2}`],
  [
    'the subsets are missing',
    (tree) => remove(tree, 'istio/base/checkout.yaml'),
    'service checkout has no istio/base/checkout.yaml',
  ],
  ['a policy is missing', (tree) => remove(tree, 'istio/base/allow/postgres.yaml'), 'no caller may call postgres'],
  [
    'a policy is for an unknown service',
    (tree) => add(tree, 'istio/base/allow/nowhere.yaml', ''),
    'istio/base/allow/nowhere.yaml is for an unknown service',
  ],
]);

proves(namesAgree, [
  [
    'pods run under another identity',
    (tree) => edit(tree, v2, ['serviceAccountName: billing', 'serviceAccountName: checkout']),
    `${v2}: Deployment billing-v2: its service account is not billing`,
  ],
  [
    'a copied file keeps a name',
    (tree) => edit(tree, v2, ['name: billing-v2', 'name: checkout-v2']),
    'its name is not billing',
  ],
]);

proves(referencesResolve, [
  [
    'an account is missing',
    (tree) => remove(tree, 'k8s/base/billing/account.yaml'),
    'k8s/base/billing/v1.yaml:16: Deployment billing-v1 runs as ServiceAccount billing, which does not exist.',
  ],
  [
    'a key of a Secret is renamed',
    (tree) => edit(tree, 'k8s/overlays/local/demo/billing-database.yaml', ['url:', 'uri:']),
    'Deployment billing-v2 takes DATABASE_URL from "url" of Secret billing-database, which has only uri.',
  ],
  [
    'a Service selects no pods',
    (tree) =>
      edit(tree, 'k8s/addons/jaeger/zipkin-service.yaml', ['selector: { app: jaeger }', 'selector: { app: zipkin }']),
    'Service zipkin selects no pods',
  ],
]);

proves(addressesExist, [
  [
    'the port of a trace exporter changes',
    (tree) => edit(tree, 'k8s/base/tracing.yaml', ['4318', '4319']),
    'leads to jaeger-collector.istio-system:4319, which no Service has',
  ],
  [
    'the Service of the traces is renamed',
    (tree) =>
      edit(tree, 'k8s/addons/jaeger/jaeger-collector-service.yaml', ['name: jaeger-collector', 'name: collector']),
    'leads to jaeger-collector.istio-system:14268',
  ],
]);

proves(versionsDifferOnlyInTheirLabel, [
  ['v2 gets more memory', (tree) => edit(tree, v2, ['memory: 192Mi', 'memory: 256Mi']), `${v2}:43 differs`],
  [
    'v2 gets a variable of its own',
    (tree) => edit(tree, v2, ['          envFrom:', '            - { name: NEW, value: "1" }\n          envFrom:']),
    `${v2}:36 differs`,
  ],
  [
    'a version gets a switch of its own beside TRACER',
    (tree) => edit(tree, 'k8s/base/recommendations/v1.yaml', ['name: TRACER, value', 'name: MODE, value']),
    'k8s/base/recommendations/v2.yaml:34 differs',
  ],
  ['v2 keeps the label of v1', (tree) => edit(tree, v2, [/version: v2/g, 'version: v1']), `${v2}:5 differs`],
]);

proves(labelsAreTheOnlySwitch, [
  [
    'the version is a constant',
    (tree) => edit(tree, v2, [`valueFrom: { fieldRef: { fieldPath: "metadata.labels['version']" } }`, 'value: v2']),
    `${v2}: SERVICE_VERSION should come from`,
  ],
  [
    'the version is left out',
    (tree) => edit(tree, v2, ['SERVICE_VERSION', 'OTHER']),
    `${v2}: SERVICE_VERSION should come from`,
  ],
]);
