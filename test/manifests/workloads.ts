import { LONGEST_STOP_MS } from '@tuesday/service';
import { type Container, type PodTemplate, type Resource, asKind, podTemplateOf } from '@tuesday/mesh/manifests';
import { EXCEPTIONS } from './exceptions.ts';
import type { Rule } from './exceptions.ts';
import { restricted } from './pod-security.ts';
import { objects } from './tree.ts';
import type { Tree } from './tree.ts';

/** Every exception is for an existing workload. */
export function exceptionsAreNeeded(tree: Tree): string[] {
  const apps = objects(tree).map((object) => podTemplateOf(object)?.metadata.labels['app']);
  return Object.keys(EXCEPTIONS)
    .filter((app) => !apps.includes(app))
    .map((app) => `${app} has exceptions, but no workload has this name`);
}

type Finding = [rule: Rule | 'always', what: string];

/** Every workload keeps the rules, except for its exceptions; an exception that is not needed is a complaint. */
export function workloadsKeepTheRules(tree: Tree): string[] {
  return objects(tree).flatMap((object) => {
    const template = podTemplateOf(object);
    if (template === undefined) return [];
    const exceptions = EXCEPTIONS[template.metadata.labels['app'] ?? ''] ?? {};
    const place = `${object.source.file}: ${object.kind} ${object.metadata.name}`;
    const findings = [...labels(object, template), ...pod(template), ...template.spec.containers.flatMap(container)];
    const broken = new Set(findings.map(([rule]) => rule));
    // "named ports" is about Services: portsNameTheirProtocol checks it.
    const needless = Object.keys(exceptions).filter((rule) => !broken.has(rule as Rule) && rule !== 'named ports');
    return [
      ...findings
        .filter(([rule]) => rule === 'always' || exceptions[rule] === undefined)
        .map(([, what]) => `${place} ${what}`),
      ...needless.map((rule) => `${place} has an exception from "${rule}" without need`),
    ];
  });
}

function labels({ metadata }: Resource, { metadata: { labels: own } }: PodTemplate): Finding[] {
  const name = own['app'];
  return [
    ...need('always', name !== undefined, 'has pods without the label app'),
    ...need('always', own['app.kubernetes.io/name'] === name, 'has pods without the label app.kubernetes.io/name'),
    ...need('always', metadata.labels['app.kubernetes.io/name'] === name, 'has no label app.kubernetes.io/name'),
    ...need(
      'always',
      metadata.labels['app.kubernetes.io/part-of'] === 'tuesday',
      'has no label app.kubernetes.io/part-of',
    ),
    ...need('version label', /^v\d+$/.test(own['version'] ?? ''), 'has pods without the label version'),
  ];
}

function pod({ spec }: PodTemplate): Finding[] {
  return [
    ...need('always', spec.serviceAccountName !== 'default', 'has no service account of its own'),
    ...need('always', spec.automountServiceAccountToken === false, 'gives its pods a service-account token'),
    ...restricted(spec).map((what): Finding => ['security context', what]),
  ];
}

function container(one: Container): Finding[] {
  const { requests, limits } = one.resources ?? {};
  return [
    ...need('always', requests?.cpu !== undefined && requests.memory !== undefined, 'requests no cpu or no memory'),
    ...need('always', limits?.memory !== undefined, 'has no memory limit'),
    ...need('always', limits?.cpu === undefined, 'has a cpu limit, which throttles its start'),
    ...need(
      'security context',
      one.securityContext?.readOnlyRootFilesystem === true,
      'may write to its root file system',
    ),
    ...need('probes', one.readinessProbe !== undefined, 'has no readiness probe'),
    ...need(
      'probes',
      one.startupProbe !== undefined || one.livenessProbe === undefined,
      'may be killed while it starts: no startup probe',
    ),
    ...need('liveness', one.livenessProbe !== undefined || one.readinessProbe === undefined, 'has no liveness probe'),
    ...need(
      'always',
      one.ports.every((port) => port.name !== undefined),
      'has a port without a name',
    ),
    ...need('image', isPinned(one.image), `uses image ${one.image}, which may be another one tomorrow`),
    ...need('always', one.imagePullPolicy === 'IfNotPresent', 'does not say imagePullPolicy: IfNotPresent'),
  ];
}

function need(rule: Finding[0], kept: boolean, what: string): Finding[] {
  return kept ? [] : [[rule, what]];
}

function isPinned(image: string): boolean {
  const [, tag = 'latest'] = /:([^/:]+)$/.exec(image) ?? [];
  return tag !== 'latest' && image.includes('/');
}

/** A pod of ours keeps serving until its callers know that it stops, and the new pod is ready before. */
export function podsStopGracefully(tree: Tree): string[] {
  return tree.services.flatMap((name) =>
    objects(tree, `k8s/base/${name}/`)
      .filter((object) => object.kind === 'Deployment')
      .flatMap((object) => {
        const { strategy, template } = asKind(object, 'Deployment').spec;
        const pause = template.spec.containers[0]?.lifecycle?.preStop?.sleep.seconds ?? 0;
        const rest = template.spec.terminationGracePeriodSeconds - pause;
        const wrong = [
          ...(pause >= 5 ? [] : ['stops before its callers know of it: preStop must sleep 5 s']),
          ...(rest > LONGEST_STOP_MS / 1_000
            ? []
            : [`has ${rest} s to finish its work after preStop, not ${LONGEST_STOP_MS / 1_000}`]),
          ...(strategy.rollingUpdate.maxUnavailable === 0 ? [] : ['may stop the old pod before the new one is ready']),
        ];
        return wrong.map((what) => `${object.source.file}: Deployment ${object.metadata.name} ${what}`);
      }),
  );
}

/** Our own images are built here and never pulled, because no public registry can have a `.local` domain. */
export function imagesAreOurs(tree: Tree): string[] {
  return tree.services.flatMap((name) =>
    objects(tree, `k8s/base/${name}/`).flatMap((object) =>
      (podTemplateOf(object)?.spec.containers ?? [])
        .filter(({ image }) => image !== `tuesday.local/${name}:dev`)
        .map(({ image }) => `${object.source.file}: image is ${image}, not tuesday.local/${name}:dev`),
    ),
  );
}

const PROTOCOLS = ['http', 'grpc', 'tcp'];

/** Istio needs a port's protocol: appProtocol and the port's name say the same, and targetPort is a name. */
export function portsNameTheirProtocol(tree: Tree): string[] {
  return objects(tree)
    .filter((object) => object.kind === 'Service')
    .flatMap((object) => {
      const excused = EXCEPTIONS[asKind(object, 'Service').spec.selector['app'] ?? '']?.['named ports'] !== undefined;
      return asKind(object, 'Service').spec.ports.flatMap(({ name = '', appProtocol = '', targetPort }) => {
        const wrong = [
          ...(PROTOCOLS.includes(appProtocol) ? [] : ['no appProtocol']),
          ...(name.split('-')[0] === appProtocol ? [] : ['a name that does not begin with its appProtocol']),
          ...(typeof targetPort === 'string' || excused ? [] : ['a targetPort that is not a name']),
        ];
        return wrong.map((what) => `${object.source.file}: Service ${object.metadata.name} has a port with ${what}`);
      });
    });
}
