import type { Container, EnvVar, PodTemplate } from '@tuesday/mesh/manifests';

/** The fields of its pod that a container can get by the downward API. */
export interface PodFacts {
  name: string;
  namespace: string;
  uid: string;
  ip: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** Gives the data of a ConfigMap or Secret in the pod's namespace; undefined when there is none. */
export type DataReader = (kind: 'ConfigMap' | 'Secret', name: string) => Record<string, string> | undefined;

/** A ConfigMap, Secret or program that a container needs is missing. In `get pods` this is CreateContainerConfigError, as in Kubernetes. */
export class ContainerConfigError extends Error {
  override readonly name = 'ContainerConfigError';
}

export interface EnvSources {
  data: DataReader;
  /** The variables of Services (serviceEnv), which every other value precedes. */
  links: Record<string, string>;
}

/** The environment of a container: envFrom, then env; of two values for one name the later one is used. Throws ContainerConfigError where a source is missing. */
export function resolveEnv(
  container: Container,
  pod: PodFacts & { template: PodTemplate },
  { data, links }: EnvSources,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const { prefix, configMapRef, secretRef } of container.envFrom) {
    const source = configMapRef ? readSource('ConfigMap', configMapRef, data) : readSource('Secret', secretRef!, data);
    for (const [key, value] of Object.entries(source ?? {})) env[prefix + key] = value;
  }
  for (const variable of container.env) {
    // Kubernetes replaces $(NAME) in a literal value, but not in one from a Secret or a label; $$ stands for $.
    const value = variable.valueFrom
      ? valueOf(variable, pod, data)
      : expand(variable.value ?? '', { ...links, ...env });
    if (value !== undefined) env[variable.name] = value;
  }
  return { ...links, ...env };
}

/** What a map has itself: every object also inherits names, such as `constructor`. */
function ownOf(map: Record<string, string>, name: string): string | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

/** Replaces `$(NAME)` where there is such a variable, and `$$` by `$`; Kubernetes does so in values, commands and arguments. */
export function expand(text: string, env: Record<string, string>): string {
  return text.replace(/\$(?:\$|\(([^)\s]+)\))/g, (whole, name?: string) => (name ? (ownOf(env, name) ?? whole) : '$'));
}

function valueOf(
  { valueFrom }: EnvVar,
  pod: PodFacts & { template: PodTemplate },
  data: DataReader,
): string | undefined {
  if (!valueFrom) return undefined;
  if (valueFrom.fieldRef) return field(valueFrom.fieldRef.fieldPath, pod);
  const kind = valueFrom.configMapKeyRef ? 'ConfigMap' : 'Secret';
  const ref = (valueFrom.configMapKeyRef ?? valueFrom.secretKeyRef)!;
  const found = ownOf(readSource(kind, ref, data) ?? {}, ref.key);
  if (found === undefined && !ref.optional) throw new ContainerConfigError(`${kind} ${ref.name} has no key ${ref.key}`);
  return found;
}

function readSource(
  kind: 'ConfigMap' | 'Secret',
  { name, optional }: { name: string; optional: boolean },
  data: DataReader,
) {
  const found = data(kind, name);
  if (!found && !optional) throw new ContainerConfigError(`there is no ${kind} ${name}`);
  return found;
}

function field(path: string, pod: PodFacts & { template: PodTemplate }): string {
  const [, map, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (map && key) return ownOf(pod[map as 'labels' | 'annotations'], key) ?? '';
  const fields: Record<string, string> = {
    'metadata.name': pod.name,
    'metadata.namespace': pod.namespace,
    'metadata.uid': pod.uid,
    'spec.nodeName': 'local',
    'spec.serviceAccountName': pod.template.spec.serviceAccountName,
    'status.podIP': pod.ip,
    'status.hostIP': '127.0.0.1',
  };
  return fields[path] ?? '';
}
