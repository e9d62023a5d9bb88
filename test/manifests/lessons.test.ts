import { articleIsVerbatim } from './article.ts';
import {
  canariesDifferInWeights,
  commandsNameTheirNamespace,
  exclusionsAreNeeded,
  faultsDifferInFault,
  lessonsExplainThemselves,
  lessonsReplaceOrAdd,
  securityNamesRealPorts,
} from './lessons.ts';
import { meshConfigIsComplete, telemetryNamesProviders } from './mesh-config.ts';
import { proves } from './proves.ts';
import { add, edit, remove } from './tree.ts';

const half = 'istio/canary/50.yaml';
const delay = 'istio/faults/billing-delay.yaml';
const port = 'istio/security/disable-port.yaml';
const config = 'istio/mesh-config.yaml';
const article = 'istio/article/peer-authentication.yaml';

proves(exclusionsAreNeeded, [
  ['a listed file is gone', (tree) => remove(tree, config), `${config} is excluded from being read, but does not`],
  [
    'an excluded file can be read',
    (tree) => add(tree, config, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: extra }\n'),
    `${config} is excluded from being read without need`,
  ],
]);

proves(lessonsExplainThemselves, [
  ['the comment is missing', (tree) => edit(tree, half, [/^(#.*\n)+/, '']), `${half} does not begin with a comment`],
  [
    'it does not say what you will see',
    (tree) => edit(tree, half, ['What you will see', 'What happens']),
    `${half} does not say what you`,
  ],
  ['the way back is missing', (tree) => edit(tree, half, [/# Back.*\n/, '']), `${half} does not end its comment with`],
  [
    'the way back names a missing file',
    (tree) => edit(tree, half, ['base/recommendations.yaml\napi', 'base/nowhere.yaml\napi']),
    `${half} does not end its comment with`,
  ],
  [
    'the way back deletes another file',
    (tree) => edit(tree, port, ['delete -f istio/security/disable-port.yaml', 'delete -f istio/base/strict-mtls.yaml']),
    `${port} does not end its comment with`,
  ],
]);

proves(commandsNameTheirNamespace, [
  [
    'the way back goes into the default namespace',
    (tree) => edit(tree, half, ['kubectl -n shop apply', 'kubectl apply']),
    `${half}: "kubectl apply -f istio/base/recommendations.yaml" names no namespace`,
  ],
  [
    'the way back goes into another namespace',
    (tree) => edit(tree, article, ['-n istio-system', '-n shop']),
    `${article}: "kubectl -n shop delete -f ${article}" is not about istio-system`,
  ],
  [
    'another comment has a command',
    (tree) => edit(tree, config, [/^/, '# See it: kubectl get pods\n']),
    `${config}: "kubectl get pods" names no namespace`,
  ],
]);

proves(lessonsReplaceOrAdd, [
  [
    'a lesson has a name that the base does not have',
    (tree) => edit(tree, half, ['name: recommendations', 'name: canary']),
    `${half}: VirtualService canary has no counterpart in istio/base`,
  ],
  [
    'deleting the lesson would delete an object of the base',
    (tree) => edit(tree, port, ['name: recommendations-plaintext', 'name: default']),
    `${port}: PeerAuthentication default would be deleted`,
  ],
]);

proves(canariesDifferInWeights, [
  ['the timeout is removed', (tree) => edit(tree, half, [/ +timeout:.*\n/, '']), `${half} differs from istio/base/rec`],
  ['retries change', (tree) => edit(tree, half, ['attempts: 2', 'attempts: 3']), `${half} differs from istio/base/rec`],
  ['a subset is lost', (tree) => edit(tree, half, ['subset: v2', 'subset: v1']), `${half} differs from istio/base/rec`],
  [
    'the weights have another share',
    (tree) => edit(tree, half, ['weight: 50', 'weight: 60']),
    `${half}: its weights are 60 and 50`,
  ],
  [
    'the base gets a longer timeout',
    (tree) => edit(tree, 'istio/base/recommendations.yaml', ['timeout: 800ms', 'timeout: 900ms']),
    `${half} differs from istio/base/rec`,
  ],
]);

proves(faultsDifferInFault, [
  ['the timeout is removed', (tree) => edit(tree, delay, [/ +timeout:.*\n/, '']), `${delay} differs from istio/base/b`],
  ['retries are on', (tree) => edit(tree, delay, [/ *retries.*\n/, '']), `${delay} differs from istio/base/billing`],
  ['a weight changes', (tree) => edit(tree, delay, [/99/, '90']), `${delay} differs from istio/base/billing`],
  [
    'the lesson is for another host',
    (tree) => edit(tree, delay, [/billing/g, 'recommendations']),
    `${delay} is not for billing`,
  ],
  [
    'the fault is of another kind',
    (tree) => edit(tree, delay, [/\{ delay:.*\n/, '{ abort: { percentage: { value: 25 }, httpStatus: 503 } }\n']),
    `${delay} should have one fault, of kind`,
  ],
  ['it has no fault', (tree) => edit(tree, delay, [/fault: .*\n\s*/, '']), `${delay} should have one fault, of kind`],
  ['it affects no request', (tree) => edit(tree, delay, ['value: 25', 'value: 0']), `${delay} should affect a share`],
]);

proves(securityNamesRealPorts, [
  [
    'no pod has the label',
    (tree) => edit(tree, port, ['app: recommendations', 'app: nowhere']),
    `${port} selects no pods`,
  ],
  [
    'the port is that of the Service',
    (tree) => edit(tree, port, ['8080:', '80:']),
    `${port}: no selected pod has port 80`,
  ],
  ['nothing is weakened', (tree) => edit(tree, port, ['DISABLE', 'STRICT']), `${port} is as strict as the base`],
]);

proves(telemetryNamesProviders, [
  [
    'the mesh has no such provider',
    (tree) => edit(tree, config, ['name: otel', 'name: opentelemetry']),
    'istio/tracing/otel.yaml names the provider "otel", which istio/mesh-config.yaml does not have',
  ],
  [
    'a lesson is missing',
    (tree) => remove(tree, 'istio/tracing/otel.yaml'),
    'nothing under istio/ uses the provider "otel"',
  ],
  [
    'a lesson switches to something else',
    (tree) => edit(tree, 'istio/tracing/otel.yaml', ['name: otel', 'name: zipkin']),
    'istio/tracing/otel.yaml switches to "zipkin"',
  ],
  [
    'the sampling rate is missing',
    (tree) => edit(tree, 'istio/tracing/otel.yaml', [/ *randomSampling.*\n/, '']),
    'istio/tracing/otel.yaml does not trace every request',
  ],
]);

proves(meshConfigIsComplete, [
  [
    'the trust domain differs',
    (tree) => edit(tree, config, ['trustDomain: cluster.local', 'trustDomain: shop']),
    config,
  ],
  ['the root differs', (tree) => edit(tree, config, ['rootNamespace: istio-system', 'rootNamespace: root']), config],
  [
    'a provider is missing',
    (tree) => edit(tree, config, [/ {2}- name: otel.*\n.*\n/, '']),
    `${config} should name zipkin,`,
  ],
  [
    'Zipkin has no W3C headers',
    (tree) => edit(tree, config, ['USE_B3_WITH_W3C_PROPAGATION', 'USE_B3']),
    'zipkin has the wrong headers',
  ],
  [
    'no Service has the port',
    (tree) => edit(tree, config, ['port: 9411', 'port: 9412']),
    'zipkin sends to zipkin.istio-system.svc.cluster.local:9412, which no Service has',
  ],
]);

proves(articleIsVerbatim, [
  [
    'a file is changed',
    (tree) => edit(tree, 'istio/article/virtual-service.yaml', ['v1alpha3', 'v1']),
    'istio/article/virtual-service.yaml differs from the article',
  ],
  [
    'a file is missing',
    (tree) => remove(tree, 'istio/article/mesh-policy.yaml'),
    'istio/article/mesh-policy.yaml does not exist',
  ],
]);
