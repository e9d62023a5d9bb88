import { asKind, secretData } from '../kinds/typed.ts';
import type { Container } from '../kinds/container.ts';
import type { Resource } from '../resource.ts';
import { warning, type Finder, type Warning, type Workload } from './warning.ts';

type Path = (string | number)[];
type Report = (path: Path, what: string) => Warning;

const POD: Path = ['spec', 'template', 'spec'];

/** Warnings about what a workload names: its account, its configuration, its volumes and the ports of its probes. */
export function workloadReferences({ resource, template }: Workload, { find }: Finder): Warning[] {
  const report: Report = (path, what) => warning(resource, [...POD, ...path], what);
  const data = dataFinder(resource, find);
  const found: Warning[] = [];
  const account = template.spec.serviceAccountName;
  if (account !== 'default' && find('ServiceAccount', resource, account) === undefined) {
    found.push(report(['serviceAccountName'], `runs as ServiceAccount ${account}, which does not exist`));
  }
  for (const [index, volume] of template.spec.volumes.entries()) {
    const { secret, configMap } = volume;
    const [kind, name, source] = secret
      ? ['Secret', secret.secretName, secret]
      : ['ConfigMap', configMap?.name, configMap];
    if (name === undefined || source?.optional === true) continue;
    const what = data(kind as DataKind, name, source?.items?.map((item) => item.key) ?? []);
    if (what !== undefined) found.push(report(['volumes', index], `mounts ${what}`));
  }
  for (const [index, container] of template.spec.containers.entries()) {
    const at: Report = (path, what) => report(['containers', index, ...path], what);
    found.push(...environmentWarnings(container, data, at), ...probeWarnings(container, at));
  }
  return found;
}

type DataKind = 'ConfigMap' | 'Secret';
type DataFinder = (kind: DataKind, name: string, keys: string[]) => string | undefined;

/** Describes what is missing in a reference to a ConfigMap or Secret; undefined if nothing. It shows keys, never values. */
function dataFinder(near: Resource, find: Finder['find']): DataFinder {
  return (kind, name, keys) => {
    const object = find(kind, near, name);
    if (object === undefined) return `${kind} ${name}, which does not exist`;
    const known = Object.keys(kind === 'Secret' ? secretData(object) : asKind(object, 'ConfigMap').data);
    const missing = keys.find((key) => !known.includes(key));
    return missing === undefined
      ? undefined
      : `"${missing}" of ${kind} ${name}, which has only ${known.join(', ') || 'nothing'}`;
  };
}

function environmentWarnings(container: Container, data: DataFinder, at: Report): Warning[] {
  const single = container.env.flatMap(({ name, valueFrom }, index) => {
    const { configMapKeyRef, secretKeyRef } = valueFrom ?? {};
    const ref = configMapKeyRef ?? secretKeyRef;
    if (ref === undefined || ref.optional) return [];
    const what = data(secretKeyRef ? 'Secret' : 'ConfigMap', ref.name, [ref.key]);
    return what === undefined ? [] : [at(['env', index], `takes ${name} from ${what}`)];
  });
  const whole = container.envFrom.flatMap(({ configMapRef, secretRef }, index) => {
    const ref = configMapRef ?? secretRef;
    if (ref === undefined || ref.optional) return [];
    const what = data(secretRef ? 'Secret' : 'ConfigMap', ref.name, []);
    return what === undefined ? [] : [at(['envFrom', index], `takes its environment from ${what}`)];
  });
  return [...single, ...whole];
}

function probeWarnings(container: Container, at: Report): Warning[] {
  const names = container.ports.map((port) => port.name);
  return (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).flatMap((kind) => {
    const { httpGet, tcpSocket } = container[kind] ?? {};
    const port = (httpGet ?? tcpSocket)?.port;
    if (typeof port !== 'string' || names.includes(port)) return [];
    return [at([kind], `is probed at port "${port}", which container ${container.name} does not have`)];
  });
}
