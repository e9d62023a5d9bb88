import { asKind, podTemplateOf } from '../../packages/mesh/manifests/kinds/typed.ts';
import type { Container, PodTemplate } from '../../packages/mesh/manifests/kinds/typed.ts';
import type { Resource } from '../../packages/mesh/manifests/resource.ts';
import { EXCEPTIONS } from './exceptions.ts';
import type { Rule } from './exceptions.ts';
import { restricted } from './pod-security.ts';
import { objects } from './tree.ts';
import type { Tree } from './tree.ts';

/** Exceptions that nobody is left to need. */
export function exceptionsAreNeeded(tree: Tree): string[] {
  const apps = objects(tree).map((object) => podTemplateOf(object)?.metadata.labels['app']);
  return Object.keys(EXCEPTIONS)
    .filter((app) => !apps.includes(app))
    .map((app) => `${app} is excused from rules, but no workload is called that`);
}

type Finding = [rule: Rule | 'always', what: string];

/** What every workload of the shop keeps to, less the exceptions; an exception that nobody needs is one too many. */
export function workloadsKeepTheRules(tree: Tree): string[] {
  return objects(tree).flatMap((object) => {
    const template = podTemplateOf(object);
    if (template === undefined) return [];
    const excused = EXCEPTIONS[template.metadata.labels['app'] ?? ''] ?? {};
    const place = `${object.source.file}: ${object.kind} ${object.metadata.name}`;
    const findings = [...labels(object, template), ...pod(template), ...template.spec.containers.flatMap(container)];
    const broken = new Set(findings.map(([rule]) => rule));
    // "named ports" is about Services: portsSayWhatTheySpeak looks after it.
    const needless = Object.keys(excused).filter((rule) => !broken.has(rule as Rule) && rule !== 'named ports');
    return [
      ...findings
        .filter(([rule]) => rule === 'always' || excused[rule] === undefined)
        .map(([, what]) => `${place} ${what}`),
      ...needless.map((rule) => `${place} is excused from "${rule}" without need`),
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

/** A pod of ours keeps serving until its callers have heard that it leaves, and its successor is ready before. */
export function podsLeaveQuietly(tree: Tree): string[] {
  return tree.services.flatMap((name) =>
    objects(tree, `k8s/base/${name}/`)
      .filter((object) => object.kind === 'Deployment')
      .flatMap((object) => {
        const { strategy, template } = asKind(object, 'Deployment').spec;
        const pause = template.spec.containers[0]?.lifecycle?.preStop?.sleep.seconds ?? 0;
        const rest = template.spec.terminationGracePeriodSeconds - pause;
        const wrong = [
          ...(pause >= 5 ? [] : ['stops before its callers have heard of it: preStop must sleep 5 s']),
          ...(rest >= 20 ? [] : [`has ${rest} s to finish what it does after preStop, not 20`]),
          ...(strategy.rollingUpdate.maxUnavailable === 0 ? [] : ['may stop the old pod before the new one is ready']),
        ];
        return wrong.map((what) => `${object.source.file}: Deployment ${object.metadata.name} ${what}`);
      }),
  );
}

/** Our own images are built here and never pulled: `.local` belongs to nobody. */
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

/** Istio needs to know what a port speaks; its name says the same as its appProtocol, and leads to a port by name. */
export function portsSayWhatTheySpeak(tree: Tree): string[] {
  return objects(tree)
    .filter((object) => object.kind === 'Service')
    .flatMap((object) => {
      const excused = EXCEPTIONS[asKind(object, 'Service').spec.selector['app'] ?? '']?.['named ports'] !== undefined;
      return asKind(object, 'Service').spec.ports.flatMap(({ name = '', appProtocol = '', targetPort }) => {
        const wrong = [
          ...(PROTOCOLS.includes(appProtocol) ? [] : ['no appProtocol']),
          ...(name.split('-')[0] === appProtocol ? [] : ['a name that does not begin with its appProtocol']),
          ...(typeof targetPort === 'string' || excused ? [] : ['a targetPort that is no name']),
        ];
        return wrong.map((what) => `${object.source.file}: Service ${object.metadata.name} has a port with ${what}`);
      });
    });
}
