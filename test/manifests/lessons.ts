import { isDeepStrictEqual } from 'node:util';
import { matches, podTemplateOf } from '@tuesday/mesh/manifests';
import { NOT_OBJECTS } from './not-objects.ts';
import { virtualServicesIn } from './routes.ts';
import type { Route } from './routes.ts';
import { manifests, objects, objectsOf } from './tree.ts';
import type { Tree } from './tree.ts';

/** Every excluded file below istio/ exists, and the mesh's reader really cannot read it. */
export function exclusionsAreNeeded(tree: Tree): string[] {
  return Object.keys(NOT_OBJECTS).flatMap((path) => {
    if (!tree.files.has(path)) return [`${path} is excluded from being read, but does not exist`];
    try {
      objectsOf(tree, path);
      return [`${path} is excluded from being read without need`];
    } catch {
      return [];
    }
  });
}

/** The lessons: everything below istio/ that is applied over the base, without the article's unchanged files. */
function lessons(tree: Tree): string[] {
  return manifests(tree, 'istio/').filter(
    (path) => !path.startsWith('istio/base/') && (!path.startsWith('istio/article/') || isOurs(path)),
  );
}

function isOurs(path: string): boolean {
  return path === 'istio/article/peer-authentication.yaml';
}

/** Where the objects are that lessons replace: the mesh's, and the demo's Secrets. */
const REPLACED = ['istio/base/', 'k8s/overlays/local/demo/'];

/** A lesson begins with a comment: what it is, what you will see, and the one command that undoes it. */
export function lessonsExplainThemselves(tree: Tree): string[] {
  return lessons(tree).flatMap((path) => {
    const text = tree.files.get(path) ?? '';
    const head = /^(#.*\n)+/.exec(text)?.[0].replaceAll(/\n# ?/g, ' ') ?? '';
    const [, verb, names = ''] = /# ?.*Back: kubectl -n \S+ (apply|delete) -f (\S+(?: -f \S+)*)\s*$/.exec(head) ?? [];
    const undoing = verb === 'delete' ? [path] : REPLACED;
    const isThere = (back: string) => undoing.some((start) => back.startsWith(start)) && tree.files.has(back);
    return [
      ...(head === '' ? [`${path} does not begin with a comment`] : []),
      ...(head.includes('What you will see') ? [] : [`${path} does not say what you will see`]),
      ...(names.split(' -f ').every(isThere)
        ? []
        : [`${path} does not end its comment with "Back: kubectl -n …" and a file that undoes it`]),
    ];
  });
}

/**
 * Every kubectl command in a comment of istio/ names a namespace, the one of the objects in its file: without it, kubectl writes
 * into the namespace "default", and with another one it fails.
 */
export function commandsNameTheirNamespace(tree: Tree): string[] {
  const paths = [...tree.files.keys()].filter((path) => path.startsWith('istio/'));
  return paths.flatMap((path) => {
    const commands = [...(tree.files.get(path) ?? '').matchAll(/^.*#.*?\b(kubectl .*)$/gm)].map(
      ([, text = '']) => text,
    );
    return commands.flatMap((command) => {
      const [, namespace, file = path] = /^kubectl -n (\S+)(?:.* -f (\S+))?/.exec(command) ?? [];
      if (namespace === undefined) return [`${path}: "${command}" names no namespace`];
      const own = manifests(tree, file).flatMap((one) =>
        objectsOf(tree, one).map(({ metadata }) => metadata.namespace),
      );
      return own.every((one) => one === namespace) ? [] : [`${path}: "${command}" is not about ${own.join(', ')}`];
    });
  });
}

/** A lesson replaces an object of the base with the same kind and name; one that is undone by a delete adds an object. */
export function lessonsReplaceOrAdd(tree: Tree): string[] {
  const base = REPLACED.flatMap((folder) =>
    objects(tree, folder).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`),
  );
  return lessons(tree).flatMap((path) => {
    const adds = /Back: kubectl -n \S+ delete -f /.test(tree.files.get(path) ?? '');
    return objectsOf(tree, path).flatMap(({ kind, metadata }) => {
      const replaces = base.includes(`${kind} ${metadata.namespace}/${metadata.name}`);
      if (replaces !== adds) return [];
      const what = adds ? 'would be deleted, and the base with it' : 'has no counterpart in istio/base';
      return [`${path}: ${kind} ${metadata.name} ${what}`];
    });
  });
}

/** `canary/25.yaml` differs from the base only in its weights, 75 and 25. */
export function canariesDifferInWeights(tree: Tree): string[] {
  return manifests(tree, 'istio/canary/').flatMap((path) => {
    const share = Number(/\/(\d+)\.yaml$/.exec(path)?.[1]);
    const weights = routesOf(tree, path).flatMap((route) => (route.route ?? []).map(({ weight }) => weight));
    return [
      ...differences(tree, path, (route) => ({
        ...route,
        route: route.route?.map((one) => without(one, 'weight')),
      })),
      ...(isDeepStrictEqual(weights, [100 - share, share])
        ? []
        : [`${path}: its weights are ${weights.join(' and ')}, not ${100 - share} and ${share}`]),
    ];
  });
}

/** `faults/billing-delay.yaml` differs from the base of billing only in one fault, a delay, of some requests and not all. */
export function faultsDifferInFault(tree: Tree): string[] {
  return manifests(tree, 'istio/faults/').flatMap((path) => {
    const [, host, kind = ''] = /\/([a-z]+)-(delay|abort)\.yaml$/.exec(path) ?? [];
    const faults = routesOf(tree, path).flatMap(({ fault }) => (fault === undefined ? [] : [fault]));
    const share = (faults[0] as Record<string, { percentage?: { value?: number } }> | undefined)?.[kind]?.percentage
      ?.value;
    return [
      ...differences(tree, path, (route) => without(route, 'fault')),
      ...(objectsOf(tree, path)[0]?.metadata.name === host ? [] : [`${path} is not for ${host}`]),
      ...(faults.length === 1 && Object.keys(faults[0] ?? {}).join() === kind
        ? []
        : [`${path} should have one fault, of kind "${kind}"`]),
      ...(share !== undefined && share > 0 && share < 100
        ? []
        : [`${path} should affect a share of requests, not none or all`]),
    ];
  });
}

/** Whether a file differs from the VirtualService of the same name in the base, without what `strip` removes from every route. */
function differences(tree: Tree, path: string, strip: (route: Route) => object): string[] {
  const [own, ...more] = objectsOf(tree, path);
  const base = objects(tree, 'istio/base/').find(
    ({ kind, metadata }) => kind === own?.kind && metadata.name === own.metadata.name,
  );
  if (own === undefined || base === undefined || more.length > 0)
    return [`${path} should contain one object that istio/base has too`];
  const stripped = ({ body }: typeof own) => {
    const { http = [], ...spec } = body['spec'] as { http?: Route[] };
    return { ...body, spec: { ...spec, http: http.map(strip) } };
  };
  return isDeepStrictEqual(stripped(own), stripped(base))
    ? []
    : [`${path} differs from ${base.source.file} in more than it teaches`];
}

function without(object: object, field: string): object {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== field));
}

function routesOf(tree: Tree, path: string): Route[] {
  return virtualServicesIn(objectsOf(tree, path)).flatMap(({ http }) => http);
}

const peerAuthentications = (tree: Tree, path: string) =>
  objectsOf(tree, path).filter(({ kind }) => kind === 'PeerAuthentication');

type Mtls = { mode?: string };

/** A PeerAuthentication of a lesson selects existing pods and ports, and is less strict than the base, so that it has an effect. */
export function securityNamesRealPorts(tree: Tree): string[] {
  const templates = objects(tree, 'k8s/base/').flatMap((object) => podTemplateOf(object) ?? []);
  return manifests(tree, 'istio/security/').flatMap((path) =>
    peerAuthentications(tree, path).flatMap(({ body }) => {
      const {
        selector,
        mtls,
        portLevelMtls = {},
      } = (body['spec'] ?? {}) as {
        selector?: { matchLabels?: Record<string, string> };
        mtls?: Mtls;
        portLevelMtls?: Record<string, Mtls>;
      };
      const ports = Object.keys(portLevelMtls);
      const pods = templates.filter(({ metadata }) => matches(metadata.labels, selector?.matchLabels ?? {}));
      const open = pods.flatMap(({ spec }) =>
        spec.containers.flatMap((one) => one.ports.map((port) => port.containerPort)),
      );
      const modes = [mtls?.mode, ...Object.values(portLevelMtls).map(({ mode }) => mode)];
      return [
        ...(pods.length > 0 ? [] : [`${path} selects no pods`]),
        ...ports
          .filter((port) => !open.includes(Number(port)))
          .map((port) => `${path}: no selected pod has port ${port}`),
        ...(modes.some((mode) => mode !== 'STRICT') ? [] : [`${path} is as strict as the base`]),
      ];
    }),
  );
}
