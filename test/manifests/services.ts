import { join } from 'node:path';
import { diagnose } from '@tuesday/mesh/explain';
import { asKind, podTemplateOf, findWarnings, readMeshConfig } from '@tuesday/mesh/manifests';
import { createMesh } from '@tuesday/mesh/model';
import { manifests, objects, objectsOf, ROOT } from './tree.ts';
import type { Tree } from './tree.ts';

/** Workloads of the shop that are not services of ours: they have no folder under services/. */
const NOT_OURS = ['gateway', 'postgres'];

/** Every service has code, an account, a Service, pods and a policy that allows its callers. */
export function everyServiceIsComplete(tree: Tree): string[] {
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
    .map((name) => `no caller may call ${name}: there is no istio/base/allow/${name}.yaml`);
  const stray = manifests(tree, 'istio/base/allow/')
    .map((path) => path.replace(/^.*\/|\.yaml$/g, ''))
    .filter((name) => !folders.includes(name))
    .map((name) => `istio/base/allow/${name}.yaml is for an unknown service`);
  return [...missing, ...codeless, ...closed, ...stray];
}

function foldersOf(tree: Tree, under: string): string[] {
  const names = manifests(tree, under).map((path) => path.slice(under.length).split('/'));
  return [...new Set(names.flatMap(([folder, file]) => (folder !== undefined && file !== undefined ? [folder] : [])))];
}

/** The objects, labels and accounts in a folder of k8s/base have the folder's name. */
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

/** References between the manifests resolve. Objects of an old kind, which are read as a current one, are left out. */
export function referencesResolve(tree: Tree): string[] {
  const current = objects(tree).filter(({ readAs }) => readAs === undefined);
  const mesh = createMesh(current, readMeshConfig(join(ROOT, 'istio/mesh-config.yaml')));
  return [...findWarnings(current), ...diagnose(mesh)].map((finding) => finding.message);
}

/** Every address in a ConfigMap is that of a Service and one of its ports. */
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

/** The files of v1 and v2 of a service differ only in the version label and the tracer. */
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

/** An app gets its name and version from its pod's labels and from nowhere else. */
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
        const actual = env.find((entry) => entry.name === variable)?.valueFrom?.fieldRef?.fieldPath;
        return actual === field ? [] : [`${path}: ${variable} should come from ${field}`];
      });
    }),
  );
}
