import { asKind, podTemplateOf } from '../../packages/mesh/manifests/kinds/typed.ts';
import { unresolved } from '../../packages/mesh/manifests/references.ts';
import { manifests, objects, objectsOf } from './tree.ts';
import type { Tree } from './tree.ts';

/** Workloads of the shop that are not services of ours: nothing under services/ is theirs. */
const NOT_OURS = ['gateway', 'postgres'];

/** A service has its code, its account, its Service, its pods and a policy that lets somebody call it. */
export function noServiceIsForgotten(tree: Tree): string[] {
  const folders = foldersOf(tree, 'k8s/base/');
  const missing = tree.services.flatMap((name) => {
    const base = `k8s/base/${name}`;
    const pods = tree.files.has(`${base}/deployment.yaml`) ? ['deployment'] : ['v1', 'v2'];
    const wanted = ['account', 'service', ...pods].map((file) => `${base}/${file}.yaml`);
    const subsets = pods.length === 2 ? [`istio/base/${name}.yaml`] : [];
    return [...wanted, ...subsets]
      .filter((path) => !tree.files.has(path))
      .map((path) => `service ${name} has no ${path}`);
  });
  const codeless = folders
    .filter((name) => !tree.services.includes(name) && !NOT_OURS.includes(name))
    .map((name) => `k8s/base/${name} has no services/${name}`);
  const closed = folders
    .filter((name) => !tree.files.has(`istio/base/allow/${name}.yaml`))
    .map((name) => `nobody may call ${name}: there is no istio/base/allow/${name}.yaml`);
  const stray = manifests(tree, 'istio/base/allow/')
    .map((path) => path.replace(/^.*\/|\.yaml$/g, ''))
    .filter((name) => !folders.includes(name))
    .map((name) => `istio/base/allow/${name}.yaml allows calls to nothing`);
  return [...missing, ...codeless, ...closed, ...stray];
}

function foldersOf(tree: Tree, under: string): string[] {
  const names = manifests(tree, under).map((path) => path.slice(under.length).split('/'));
  return [...new Set(names.flatMap(([folder, file]) => (folder !== undefined && file !== undefined ? [folder] : [])))];
}

/** What a folder of k8s/base holds is called like it: objects, labels, container, account. */
export function namesAgree(tree: Tree): string[] {
  return foldersOf(tree, 'k8s/base/').flatMap((folder) =>
    objects(tree, `k8s/base/${folder}/`).flatMap((object) => {
      const { kind, metadata, source } = object;
      const template = podTemplateOf(object);
      const wrong = [
        ...(metadata.name.replace(/-v[12]$/, '') === folder ? [] : ['its name']),
        ...(template !== undefined && template.metadata.labels['app'] !== folder ? ['the label app of its pods'] : []),
        ...(template !== undefined && template.spec.serviceAccountName !== folder ? ['its service account'] : []),
      ];
      return wrong.map((what) => `${source.file}: ${kind} ${metadata.name}: ${what} is not ${folder}`);
    }),
  );
}

/** Names inside the manifests lead somewhere. What only tells of another time is no slip. */
export function referencesResolve(tree: Tree): string[] {
  const ofToday = objects(tree).filter(({ readAs }) => readAs === undefined);
  return unresolved(ofToday).map((finding) => finding.message);
}

/** Every address that an app gets from a ConfigMap is one of a Service and its port. */
export function addressesExist(tree: Tree): string[] {
  const services = objects(tree).filter((object) => object.kind === 'Service');
  return objects(tree)
    .filter((object) => object.kind === 'ConfigMap')
    .flatMap((object) =>
      Object.entries(asKind(object, 'ConfigMap').data).flatMap(([key, value]) => {
        if (!URL.canParse(value)) return [];
        const { hostname, port } = new URL(value);
        const [name, namespace = 'shop'] = hostname.split('.');
        const service = services.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
        const ports = (service?.body['spec'] as { ports: { port: number }[] } | undefined)?.ports ?? [];
        const there = ports.some((one) => one.port === Number(port || 80));
        return there ? [] : [`${object.source.file}: ${key} leads to ${hostname}:${port || 80}, which no Service has`];
      }),
    );
}

const TOKEN = /(?<=-|version: |subset )v1\b/g;

/** The variable that may differ between versions: which tracer a version uses. */
const TRACER = /^ +- \{ name: TRACER, value: \w+ \}.*\n/gm;

/** v1 and v2 of a service are the same file but for the version label and the tracer. */
export function versionsDifferOnlyInTheirLabel(tree: Tree): string[] {
  return manifests(tree, 'k8s/base/')
    .filter((path) => path.endsWith('/v1.yaml'))
    .flatMap((path) => {
      const second = path.replace('v1.yaml', 'v2.yaml');
      const expected = (tree.files.get(path) ?? '').replace(TRACER, '').replaceAll(TOKEN, 'v2').split('\n');
      const lines = (tree.files.get(second) ?? '').replace(TRACER, '').split('\n');
      const at = lines.findIndex((line, index) => line !== expected[index]);
      const differs = at >= 0 || lines.length !== expected.length;
      return differs ? [`${second}:${at + 1} differs from ${path} in more than its version`] : [];
    });
}

/** An app learns its name and version from its pod's labels, so nothing else can say otherwise. */
export function labelsAreTheOnlySwitch(tree: Tree): string[] {
  const wanted = {
    SERVICE_NAME: "metadata.labels['app']",
    SERVICE_VERSION: "metadata.labels['version']",
    POD_NAME: 'metadata.name',
  };
  return tree.services.flatMap((name) =>
    manifests(tree, `k8s/base/${name}/`).flatMap((path) => {
      const env = objectsOf(tree, path).flatMap((object) => podTemplateOf(object)?.spec.containers[0]?.env ?? []);
      if (env.length === 0) return [];
      return Object.entries(wanted).flatMap(([variable, field]) => {
        const told = env.find((entry) => entry.name === variable)?.valueFrom?.fieldRef?.fieldPath;
        return told === field ? [] : [`${path}: ${variable} should come from ${field}`];
      });
    }),
  );
}
