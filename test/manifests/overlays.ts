import { DATABASE_CONNECTIONS } from '@tuesday/service';
import { built, loaded } from './kustomize.ts';
import type { Built, Objects } from './kustomize.ts';
import type { Tree } from './tree.ts';

/** The objects that differ between two readings of the same files. */
export function compare(one: Objects, other: Objects): string[] {
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((name) => written(one.get(name)) !== written(other.get(name)))
    .map((name) => `${name} is not the same`);
}

/** The same text for the same object: kubectl sorts fields, files do not. */
function written(object: Built | undefined): string {
  return JSON.stringify(object, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** kubectl and the local runner make the same objects of overlays/local. */
export function localIsWhatTheRunnerLoads(tree: Tree): string[] {
  try {
    return compare(built(tree, 'local'), loaded(tree, 'local'));
  } catch (error) {
    return [String(error)];
  }
}

interface Container {
  image: string;
  command?: string[];
  env?: { name?: string; value?: string; valueFrom?: { secretKeyRef?: { name: string } } }[];
  resources: { limits: { memory: string } };
  securityContext: { readOnlyRootFilesystem: boolean };
}

interface Workload extends Built {
  spec: {
    replicas: number;
    template: {
      metadata: { labels: Record<string, string> };
      spec: { containers: Container[]; volumes?: { secret?: { secretName: string } }[] };
    };
  };
}

function workloads(objects: Objects): Workload[] {
  return [...objects.values()].filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet') as Workload[];
}

function containerOf({ spec }: Workload): Container {
  return spec.template.spec.containers[0]!;
}

/** In overlays/dev only our own apps watch their sources and may write; everything else is as in overlays/local. */
export function devDiffersForFileSync(tree: Tree): string[] {
  const dev = built(tree, 'dev');
  const local = built(tree, 'local');
  const apps = workloads(local).filter((one) => containerOf(one).image.startsWith('tuesday.local/'));
  const expected = structuredClone(new Map(local));
  for (const app of workloads(expected).filter((one) => containerOf(one).image.startsWith('tuesday.local/'))) {
    const container = containerOf(app);
    const { command = [], resources } = containerOf(workloads(dev).find(sameAs(app)) ?? app);
    Object.assign(container, { command, resources });
    container.securityContext.readOnlyRootFilesystem = false;
    container.env?.push({ name: 'TAR_OPTIONS', value: '--overwrite' }); // Node watches the file, not its name
  }
  const idle = apps.filter((app) => {
    const command = containerOf(workloads(dev).find(sameAs(app)) ?? app).command ?? [];
    return command[0] !== 'node' || command[1] !== '--watch' || command.at(-1) !== 'src/main.ts';
  });
  return [...compare(dev, expected), ...idle.map(({ metadata }) => `${metadata.name} does not watch its sources`)];
}

function sameAs({ metadata }: Workload): (other: Workload) => boolean {
  return (other) => other.metadata.name === metadata.name;
}

/** Each learner has a whole shop: nothing of it is in another namespace, and its gateway serves only this shop. */
export function workshopIsIsolated(tree: Tree): string[] {
  const objects = built(tree, 'workshop');
  const name = [...objects.values()].find(({ kind }) => kind === 'Namespace')?.metadata.name ?? '';
  const elsewhere = [...objects.values()].filter(
    ({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== name,
  );
  const gateway = objects.get(`Deployment ${name}/gateway`) as Workload | undefined;
  const { selector } = (objects.get(`Gateway ${name}/shop`)?.spec ?? {}) as { selector?: Record<string, string> };
  return [
    ...(name === 'shop' ? ['the learner has no namespace of their own'] : []),
    ...elsewhere.map(({ kind, metadata }) => `${kind} ${metadata.name} is in ${metadata.namespace}`),
    ...[...objects.keys()]
      .filter((one) => /\/(jaeger|jaeger-collector|zipkin)$/.test(one))
      .map((one) => `${one}: Jaeger runs once for a cluster`),
    ...(gateway?.spec.template.metadata.labels['gateway'] === name
      ? []
      : ["the gateway's pods have another learner's label"]),
    ...(selector?.['gateway'] === name ? [] : ["the Gateway selects another learner's pods"]),
  ];
}

/** PostgreSQL's default for max_connections, without the three that it keeps for superusers. */
const SERVER_CONNECTIONS = 100 - 3;
/** For an administrator, and for a backup. */
const SPARE = 5;

/** All pods of the overlay, and one more of each Deployment while it is updated, have their connections at once. */
export function connectionsFit(tree: Tree): string[] {
  const pods = workloads(built(tree, 'production')).flatMap((one) => {
    const env = containerOf(one).env ?? [];
    if (!env.some(({ name }) => name === 'DATABASE_URL')) return [];
    const own = env.find(({ name }) => name === 'DATABASE_CONNECTIONS')?.value ?? DATABASE_CONNECTIONS;
    return [(one.spec.replicas + 1) * Number(own)];
  });
  const needed = pods.reduce((sum, count) => sum + count, SPARE);
  return needed <= SERVER_CONNECTIONS
    ? []
    : [`the pods may need ${needed} connections, and PostgreSQL has ${SERVER_CONNECTIONS}`];
}

/** overlays/production has nothing of the demo: no Secrets (its comment names those that it needs), and images from a registry. */
export function productionHasNoDemo(tree: Tree): string[] {
  const objects = built(tree, 'production');
  const comment = (tree.files.get('k8s/overlays/production/kustomization.yaml') ?? '').split('apiVersion')[0] ?? '';
  const secrets = [...objects.values()].filter(({ kind }) => kind === 'Secret');
  const needed = workloads(objects).flatMap(({ spec }) => [
    ...spec.template.spec.containers.flatMap((one) =>
      (one.env ?? []).flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? []),
    ),
    ...(spec.template.spec.volumes ?? []).flatMap(({ secret }) => secret?.secretName ?? []),
  ]);
  return [
    ...secrets.map(({ metadata }) => `Secret ${metadata.name} is in a file`),
    ...[...new Set(needed)]
      .filter((name) => !comment.includes(name))
      .map((name) => `the comment does not name Secret ${name}`),
    ...workloads(objects)
      .filter((one) => /^tuesday\.local|:dev$/.test(containerOf(one).image))
      .map(({ metadata }) => `${metadata.name} runs an image that cannot be pulled`),
    ...workloads(objects)
      .filter(({ kind, spec }) => kind === 'Deployment' && spec.replicas < 2)
      .map(({ metadata }) => `${metadata.name} has one pod only`),
  ];
}
