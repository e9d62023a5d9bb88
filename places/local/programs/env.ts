import type { Container, EnvVar, PodTemplate } from '../../../packages/mesh/manifests/kinds/typed.ts';

/** What a container may ask about its pod. */
export interface PodFacts {
  name: string;
  namespace: string;
  uid: string;
  ip: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** Gives the data of a ConfigMap or Secret in the pod's namespace, or undefined when there is none. */
export type Data = (kind: 'ConfigMap' | 'Secret', name: string) => Record<string, string> | undefined;

/** Something a container needs is not there: Kubernetes calls it CreateContainerConfigError, and so does `get pods`. */
export class ContainerConfigError extends Error {
  override readonly name = 'ContainerConfigError';
}

/** The environment of a container: envFrom first, then env, each later name winning. */
export function resolveEnv(
  container: Container,
  pod: PodFacts & { template: PodTemplate },
  data: Data,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const { prefix, configMapRef, secretRef } of container.envFrom) {
    const source = configMapRef ? wanted('ConfigMap', configMapRef, data) : wanted('Secret', secretRef!, data);
    for (const [key, value] of Object.entries(source ?? {})) env[prefix + key] = value;
  }
  for (const variable of container.env) {
    // Kubernetes fills $(NAME) in where a value is written down, not in what comes from a Secret or a label; $$ stands for $.
    const value = variable.valueFrom ? valueOf(variable, pod, data) : fillIn(variable.value ?? '', env);
    if (value !== undefined) env[variable.name] = value;
  }
  return env;
}

function fillIn(text: string, env: Record<string, string>): string {
  return text.replace(/\$(?:\$|\(([^)\s]+)\))/g, (whole, name?: string) => (name ? (env[name] ?? whole) : '$'));
}

function valueOf({ valueFrom }: EnvVar, pod: PodFacts & { template: PodTemplate }, data: Data): string | undefined {
  if (!valueFrom) return undefined;
  if (valueFrom.fieldRef) return field(valueFrom.fieldRef.fieldPath, pod);
  const kind = valueFrom.configMapKeyRef ? 'ConfigMap' : 'Secret';
  const ref = (valueFrom.configMapKeyRef ?? valueFrom.secretKeyRef)!;
  const found = wanted(kind, ref, data)?.[ref.key];
  if (found === undefined && !ref.optional) throw new ContainerConfigError(`${kind} ${ref.name} has no key ${ref.key}`);
  return found;
}

function wanted(kind: 'ConfigMap' | 'Secret', { name, optional }: { name: string; optional: boolean }, data: Data) {
  const found = data(kind, name);
  if (!found && !optional) throw new ContainerConfigError(`there is no ${kind} ${name}`);
  return found;
}

function field(path: string, pod: PodFacts & { template: PodTemplate }): string {
  const [, map, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (map && key) return pod[map as 'labels' | 'annotations'][key] ?? '';
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
