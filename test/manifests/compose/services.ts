import { asKind } from '@tuesday/mesh/manifests';
import { compare, COMPOSE, composed, isApp, workloads } from './compose.ts';
import type { Service, Workload } from './compose.ts';
import { objects } from '../tree.ts';
import type { Tree } from '../tree.ts';

/** Compose runs each workload of the manifests, v1 and v2 alike, and nothing else. */
export function everyWorkloadRuns(tree: Tree): string[] {
  const [wanted, there] = [workloads(tree).map(({ name }) => name), composed(tree).map(([name]) => name)];
  return [
    ...wanted.filter((name) => !there.includes(name)).map((name) => `${COMPOSE} does not run ${name}`),
    ...there.filter((name) => !wanted.includes(name)).map((name) => `${COMPOSE}: k8s/ has no workload ${name}`),
  ];
}

/** The same images, started with the same arguments; ours are built from the one Dockerfile. */
export function imagesAreTheSame(tree: Tree): string[] {
  return compare(tree, ({ template }, { image, build, command = [] }) => {
    const { image: wanted, args = [] } = template.spec.containers[0]!;
    // Istio injects its own Envoy; here it is the official image.
    const isSame = wanted === 'auto' ? /^docker\.io\/envoyproxy\/envoy:v\d+\.\d+\.\d+$/.test(image) : image === wanted;
    const [, service] = /^tuesday\.local\/([a-z0-9-]+):/.exec(wanted) ?? [];
    return [
      ...(isSame ? [] : [`runs ${image}, not ${wanted}`]),
      ...(command.join(' ') === args.join(' ') ? [] : [`is not started with "${args.join(' ')}"`]),
      ...(build?.args.SERVICE === service ? [] : [`is built from ${build?.args.SERVICE ?? 'nothing'}`]),
    ];
  });
}

/** The same environment. Apps have one more variable, PORT, because here no Service maps port 80 to 8080. */
export function environmentsAreTheSame(tree: Tree): string[] {
  return compare(tree, (workload, service) => {
    const wanted = new Map(Object.entries(workload.environment));
    if (isApp(workload)) wanted.set('PORT', '80');
    const there = new Map(Object.entries(service.environment ?? {}).map(([key, value]) => [key, `${value}`]));
    return [...new Set([...wanted.keys(), ...there.keys()])]
      .filter((key) => wanted.get(key) !== there.get(key))
      .map((key) => `has ${key}=${there.get(key) ?? ''}, and k8s/ has ${wanted.get(key) ?? 'nothing'}`);
  });
}

/** Each name and port that is called in Kubernetes leads to the same containers here. */
export function namesLeadToTheSame(tree: Tree): string[] {
  const services = calledServices(tree);
  return compare(tree, (workload, service) => {
    const names = [workload.name, ...(service.networks?.default.aliases ?? [])];
    const { labels } = workload.template.metadata;
    return services
      .filter(({ selector }) => Object.entries(selector).every(([key, value]) => labels[key] === value))
      .flatMap(({ name, ports }) => [
        ...(names.includes(name) ? [] : [`does not answer to ${name}`]),
        ...ports
          .filter(({ port, targetPort = port }) => listensOn(workload, service, targetPort) !== port)
          .map(({ port }) => `does not listen on ${name}:${port}`),
      ]);
  });
}

/** The Services that apps call by name: not the gateway, which is called from outside, nor Jaeger's names for proxies and people. */
function calledServices(tree: Tree) {
  const values = workloads(tree).flatMap(({ environment }) => Object.values(environment));
  return objects(tree, 'k8s/')
    .filter(({ kind }) => kind === 'Service')
    .map((object) => ({ ...asKind(object, 'Service').spec, name: nameFromOutside(object.metadata) }))
    .filter(
      ({ name }) => name !== 'gateway' && (!name.includes('.') || values.some((one) => one.includes(`//${name}:`))),
    );
}

const nameFromOutside = ({ name, namespace = 'shop' }: { name: string; namespace?: string }) =>
  namespace === 'shop' ? name : `${name}.${namespace}`;

function listensOn(workload: Workload, { environment }: Service, targetPort: string | number): number {
  if (isApp(workload)) return Number(environment?.['PORT']);
  const named = workload.template.spec.containers[0]!.ports.find(({ name }) => name === targetPort);
  return named?.containerPort ?? Number(targetPort);
}
