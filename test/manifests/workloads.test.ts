import { changesOf, proves } from './proves.ts';
import { edit, remove } from './tree.ts';
import {
  exceptionsAreNeeded,
  imagesAreOurs,
  podsStopGracefully,
  portsNameTheirProtocol,
  workloadsKeepTheRules,
} from './workloads.ts';

const v1 = 'k8s/base/billing/v1.yaml';
const changed = (from: string | RegExp, to: string, complaint: string) =>
  changesOf(v1)(from, to, `${v1}: Deployment billing-v1 ${complaint}`);

proves(workloadsKeepTheRules, [
  changed('allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true', 'may gain privileges'),
  changed(/allowPrivilegeEscalation: false/, 'privileged: true', 'is privileged'),
  changed('runAsNonRoot: true', 'runAsNonRoot: false', 'may run as root'),
  changed('runAsNonRoot: true', 'runAsNonRoot: true, runAsUser: 0', 'may run as root'),
  changed('type: RuntimeDefault', 'type: Unconfined', 'has no seccomp profile'),
  changed('drop: [ALL]', 'drop: [NET_RAW]', 'keeps capabilities'),
  changed('drop: [ALL]', 'drop: [ALL], add: [NET_ADMIN]', 'adds the capability NET_ADMIN'),
  changed('readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false', 'may write to its root file system'),
  changed(
    'automountServiceAccountToken: false',
    'automountServiceAccountToken: true',
    'gives its pods a service-account token',
  ),
  changed(/ *serviceAccountName: billing\n/, '', 'has no service account of its own'),
  changed('requests: { cpu: 20m, memory: 96Mi }', 'requests: { cpu: 20m }', 'requests no cpu or no memory'),
  changed('limits: { memory: 192Mi }', 'limits: {}', 'has no memory limit'),
  changed('limits: { memory: 192Mi }', 'limits: { memory: 192Mi, cpu: 1 }', 'has a cpu limit'),
  changed(/ *readinessProbe.*\n/, '', 'has no readiness probe'),
  changed(/ *livenessProbe.*\n/, '', 'has no liveness probe'),
  changed(/ *startupProbe.*\n/, '', 'may be killed while it starts'),
  changed(
    'ports: [{ name: http, containerPort: 8080 }]',
    'ports: [{ containerPort: 8080 }]',
    'has a port without a name',
  ),
  changed('billing:dev', 'billing', 'uses image tuesday.local/billing'),
  changed('IfNotPresent', 'Always', 'does not say imagePullPolicy: IfNotPresent'),
  changed(
    /(matchLabels|labels): \{ app: billing, version: v1/g,
    '$1: { app: billing',
    'has pods without the label version',
  ),
  changed(', app.kubernetes.io/part-of: tuesday', '', 'has no label app.kubernetes.io/part-of'),
  [
    'an exception is no longer needed',
    (tree) =>
      edit(tree, 'k8s/base/postgres/statefulset.yaml', [
        '          readinessProbe:',
        '          livenessProbe: { tcpSocket: { port: tcp-postgres } }\n          readinessProbe:',
      ]),
    'StatefulSet postgres has an exception from "liveness" without need',
  ],
]);

proves(exceptionsAreNeeded, [
  [
    'a workload with exceptions is missing',
    (tree) => remove(tree, 'k8s/addons/jaeger/jaeger.yaml'),
    'jaeger has exceptions, but no workload',
  ],
]);

proves(podsStopGracefully, [
  changed(/ *lifecycle:.*\n/, '', 'stops before its callers know of it'),
  changed('terminationGracePeriodSeconds: 30', 'terminationGracePeriodSeconds: 10', 'has 5 s to finish its work'),
  changed('maxUnavailable: 0', 'maxUnavailable: 1', 'may stop the old pod before the new one is ready'),
]);

proves(imagesAreOurs, [
  [
    'an image could be pulled',
    (tree) => edit(tree, v1, ['tuesday.local/billing:dev', 'docker.io/tuesday/billing:1']),
    `${v1}: image is docker.io/tuesday/billing:1`,
  ],
]);

proves(portsNameTheirProtocol, [
  [
    'appProtocol is left out',
    (tree) => edit(tree, 'k8s/base/billing/service.yaml', [', appProtocol: http', '']),
    'Service billing has a port with no appProtocol',
  ],
  [
    'the name has another protocol',
    (tree) => edit(tree, 'k8s/base/postgres/service.yaml', ['name: tcp-postgres,', 'name: postgres,']),
    'Service postgres has a port with a name that does not begin',
  ],
  [
    'the targetPort is a number',
    (tree) => edit(tree, 'k8s/base/billing/service.yaml', ['targetPort: http', 'targetPort: 8080']),
    'Service billing has a port with a targetPort that is not a name',
  ],
]);
