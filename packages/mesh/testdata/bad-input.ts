/**
 * Mistakes in workload.yaml: the original text, the wrong text, and the expected message, in which `@` is the line of the
 * original text. The original file is valid, so each case fails only because of its mistake.
 */
export const BAD_INPUT: [written: string, becomes: string, sentence: string][] = [
  [
    '            - name: run',
    '            - name: runs',
    'my.yaml:@: Deployment spec.template.spec.containers[0].volumeMounts[0].name must be one of the volumes of the pod, not "runs".',
  ],
  [
    '          emptyDir: {}',
    '          emptyDir: {}\n        - name: run\n          emptyDir: {}',
    'my.yaml:@+1: Deployment spec.template.spec.volumes[1].name must not be that of another entry too.',
  ],
  [
    '      appProtocol: http',
    '      appProtocol: http\n    - name: more\n      port: 80',
    'my.yaml:@+2: Service spec.ports[1].port must not be that of another entry too.',
  ],
  [
    '  OTEL_BSP_SCHEDULE_DELAY: "200"',
    '  "delay in ms": "200"',
    'my.yaml:@: ConfigMap data["delay in ms"] is no key: letters, digits, "-", "_" and "." only.',
  ],
  [
    '        version: v1',
    '        "the version": v1',
    'my.yaml:@: Deployment spec.template.metadata.labels["the version"] is no name for a label or annotation: at most a domain, "/", letters, digits, "-", "_" and ".".',
  ],
  ['kind: Deployment', 'kind: Deploymnt', 'my.yaml:@: kind "Deploymnt" is unknown. Did you mean "Deployment"?'],
  ['kind: Deployment', 'kind: CronJob', 'my.yaml:@: kind "CronJob" is unknown.'],
  [
    'kind: Deployment',
    'kind: ReplicaSet',
    'my.yaml:@: ReplicaSet (apps/v1) is not modelled locally: write a Deployment.',
  ],
  [
    'kind: Deployment',
    'kind: Kustomization',
    'my.yaml:@: a kustomization is read with -k and its folder, not with -f.',
  ],
  [
    'apiVersion: apps/v1',
    'apiVersion: apps/v1beta1',
    'my.yaml:@: apiVersion "apps/v1beta1" of Deployment is unknown or not modelled locally. Did you mean "apps/v1"?',
  ],
  [
    'apiVersion: networking.istio.io/v1',
    'apiVersion: networking.istio.io/v2',
    'my.yaml:@: apiVersion "networking.istio.io/v2" of VirtualService is unknown or not modelled locally. Did you mean "networking.istio.io/v1"?',
  ],
  ['  replicas: 2', '  replica: 2', 'my.yaml:@: "replica" in Deployment spec is unknown. Did you mean "replicas"?'],
  [
    '  replicas: 2',
    '  paused: true',
    'my.yaml:@: "paused" in Deployment spec is not modelled locally: a change is rolled out at once here.',
  ],
  [
    '  replicas: 2',
    '  replicas: two',
    'my.yaml:@: Deployment spec.replicas must be a whole number, 0 or more, not "two".',
  ],
  ['  replicas: 2', '  replicas: -1', 'my.yaml:@: Deployment spec.replicas must be a whole number, 0 or more, not -1.'],
  ['  replicas: 2', '  replicas: 2\n  replicas: 3', 'my.yaml:@+1: "replicas" stands twice in the same mapping.'],
  [
    '  replicas: 2',
    '  replicas: 2: 3',
    'my.yaml:@: not valid YAML: Nested mappings are not allowed in compact mappings.',
  ],
  ['  replicas: 2', '\treplicas: 2', 'my.yaml:@: not valid YAML: Tabs are not allowed as indentation.'],
  [
    '    matchLabels:',
    '    matchlabels:',
    'my.yaml:@: "matchlabels" in Deployment spec.selector is unknown. Did you mean "matchLabels"?',
  ],
  [
    '        version: v1',
    '        version: on',
    'my.yaml:@: Deployment spec.template.metadata.labels.version must be a string (YAML reads y, n, yes, no, on and off as true or false: put it in quotes), not true.',
  ],
  [
    '        version: v1',
    '        version: 1',
    'my.yaml:@: Deployment spec.template.metadata.labels.version must be a string (put it in quotes), not 1.',
  ],
  [
    '          image: tuesday.local/billing:dev',
    '          imagee: tuesday.local/billing:dev',
    'my.yaml:@: "imagee" in Deployment spec.template.spec.containers[0] is unknown. Did you mean "image"?',
  ],
  [
    '          image: tuesday.local/billing:dev',
    '',
    'my.yaml:@-1: Deployment spec.template.spec.containers[0] needs "image".',
  ],
  [
    '          imagePullPolicy: IfNotPresent',
    '          imagePullPolicy: Sometimes',
    'my.yaml:@: Deployment spec.template.spec.containers[0].imagePullPolicy must be one of "Always", "IfNotPresent", "Never", not "Sometimes".',
  ],
  [
    '              containerPort: 8080',
    '              containerPort: 80800',
    'my.yaml:@: Deployment spec.template.spec.containers[0].ports[0].containerPort must be a port from 1 to 65535, not 80800.',
  ],
  [
    '              containerPort: 8080',
    '              containerPort: 8080\n              protocol: UDP',
    'my.yaml:@+1: Deployment spec.template.spec.containers[0].ports[0].protocol must be TCP (other protocols are not modelled locally), not "UDP".',
  ],
  [
    "                  fieldPath: metadata.labels['version']",
    '                  fieldPath: spec.hostNetwork',
    "my.yaml:@: Deployment spec.template.spec.containers[0].env[0].valueFrom.fieldRef.fieldPath is unknown or not modelled locally; known are metadata.name, metadata.namespace, metadata.labels['…'] and their like.",
  ],
  [
    '              value: "2026-11-24T09:00:00Z"',
    '              value: 4711',
    'my.yaml:@: Deployment spec.template.spec.containers[0].env[2].value must be a string (put it in quotes).',
  ],
  [
    '            httpGet:',
    '            grpc:',
    'my.yaml:@: "grpc" in Deployment spec.template.spec.containers[0].readinessProbe is not modelled locally: use httpGet, tcpSocket or exec.',
  ],
  [
    '            periodSeconds: 2',
    '            tcpSocket: { port: http }',
    'my.yaml:@-4: Deployment spec.template.spec.containers[0].readinessProbe must have one of httpGet, tcpSocket and exec.',
  ],
  [
    '          emptyDir: {}',
    '          hostPath: { path: / }',
    'my.yaml:@: "hostPath" in Deployment spec.template.spec.volumes[0] is not modelled locally: write an emptyDir, a Secret or a ConfigMap.',
  ],
  [
    '      maxSurge: 1',
    '      maxSurge: 0',
    'my.yaml:@-1: Deployment spec.strategy.rollingUpdate must not have both maxSurge and maxUnavailable at 0: no pod could ever be replaced.',
  ],
  [
    '      targetPort: http',
    '      targetPort: HTTP',
    'my.yaml:@: Service spec.ports[0].targetPort must be a port name: lower case letters, digits and "-", at most 15 characters, not "HTTP".',
  ],
  [
    '  url: postgres://billing:hidden@postgres:5432/billing',
    '  url: 4711',
    'my.yaml:@: Secret stringData.url must be a string (put it in quotes).',
  ],
  [
    '  OTEL_BSP_SCHEDULE_DELAY: "200"',
    '  OTEL_BSP_SCHEDULE_DELAY: 200',
    'my.yaml:@: ConfigMap data.OTEL_BSP_SCHEDULE_DELAY must be a string (put it in quotes), not 200.',
  ],
  ['  hosts: [billing]', '  hosts: *missing', 'my.yaml:@: "*missing" names no "&missing" above it.'],
];
