import { parse } from 'yaml';
import { type PodTemplate, asKind, podTemplateOf, secretData } from '@tuesday/mesh/manifests';
import { type DataReader, resolveEnv } from '../../../places/local/programs/env.ts';
import { objects, textOf } from '../tree.ts';
import type { Tree } from '../tree.ts';

export const COMPOSE = 'docker-compose.yml';
export const BAKE = 'docker-bake.hcl';
export const DATABASES = 'places/compose/databases.sql';

/** The compared fields of a service of docker-compose.yml. */
export interface Service {
  image: string;
  build?: { context: string; args: { SERVICE: string } };
  command?: string[];
  environment?: Record<string, string | number>;
  networks?: { default: { aliases: string[] } };
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  user?: string;
  mem_limit?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  stop_grace_period?: string;
  tmpfs?: string[];
  volumes?: string[];
}

/** The services of docker-compose.yml by name, with their shared parts. */
export function composed(tree: Tree): [name: string, service: Service][] {
  const { services } = parse(textOf(tree, COMPOSE), { merge: true }) as { services: Record<string, Service> };
  return Object.entries(services);
}

export interface Workload {
  name: string;
  template: PodTemplate;
  /** The environment of the pod's process, with the demo's Secrets. */
  environment: Record<string, string>;
}

/** The workloads that `kubectl apply -k k8s/overlays/local` runs. */
export function workloads(tree: Tree): Workload[] {
  const all = ['k8s/base/', 'k8s/addons/jaeger/', 'k8s/overlays/local/demo/'].flatMap((folder) =>
    objects(tree, folder),
  );
  const data: DataReader = (kind, name) => {
    const found = all.find((object) => object.kind === kind && object.metadata.name === name);
    if (!found) return undefined;
    return found.kind === 'Secret' ? secretData(found) : asKind(found, 'ConfigMap').data;
  };
  return all.flatMap((object) => {
    const template = podTemplateOf(object);
    if (!template) return [];
    const { name } = object.metadata;
    // In Compose a container is named after its service.
    const { labels, annotations } = template.metadata;
    const facts = { name, namespace: 'shop', uid: '', ip: '', labels, annotations, template };
    const environment = resolveEnv(template.spec.containers[0]!, facts, { data, links: {} });
    return [{ name, template, environment }];
  });
}

/** Complaints from comparing each workload with its Compose service; everyWorkloadRuns reports a workload without one. */
export function compare(tree: Tree, difference: (workload: Workload, service: Service) => string[]): string[] {
  const services = new Map(composed(tree));
  return workloads(tree).flatMap((workload) => {
    const service = services.get(workload.name);
    return service ? difference(workload, service).map((what) => `${COMPOSE}: ${workload.name} ${what}`) : [];
  });
}

/** Whether the workload runs one of our own images. */
export const isApp = ({ template }: Workload) => template.spec.containers[0]!.image.startsWith('tuesday.local/');
