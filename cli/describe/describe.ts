import { readyOf } from '../print/columns/workload.ts';
import type { KubeObject, PodObject, WorkloadObject } from '../shop/objects.ts';
import { toYaml } from '../print/data.ts';
import { indent } from '@tuesday/mesh/explain';
import { fields, pairs } from './fields.ts';
import { describePod } from './pod.ts';

/** What is known of an object beside itself. */
export interface Around {
  /** Lines of text; '' where the mesh does nothing with the object, or there is no mesh. */
  mesh: string;
  /** False where the shop was started with --no-mesh. */
  inForce: boolean;
  /** What has happened to a pod: lines of text; left out for other kinds. */
  events?: string;
}

/** The text of `describe`: an object's metadata, source, spec and status, what the mesh does with it, and what has happened to it. */
export async function describe(object: KubeObject, around: Around): Promise<string> {
  const { metadata, apiVersion, kind, source } = object;
  const head = fields([
    ['Name', metadata.name],
    ['Namespace', metadata.namespace],
    ['Labels', pairs(metadata.labels)],
    ['Annotations', pairs(metadata.annotations)],
    ['API Version', apiVersion],
    ['Kind', kind],
    ['Source', source === undefined ? undefined : `${source.file}:${source.line}`],
  ]);
  return head + (await body(object, around)) + (around.mesh === '' ? '' : `\n${around.mesh}`) + (around.events ?? '');
}

async function body(object: KubeObject, { inForce }: Around): Promise<string> {
  if (object.kind === 'Pod') return describePod(object as PodObject);
  // As in kubectl, only -o yaml shows the values of a Secret.
  if (object.kind === 'Secret') return section('Data', keysOf(object));
  const status =
    object.kind === 'Deployment' || object.kind === 'StatefulSet' ? replicas(object as WorkloadObject) : '';
  const isIdle = object.apiVersion?.includes('.istio.io/') === true && !inForce;
  const note = isIdle ? 'In Force:     no: started with --no-mesh\n' : '';
  const parts = [
    object.spec && section('Spec', await toYaml(object.spec)),
    object.data && section('Data', await toYaml(object.data)),
  ];
  return note + status + parts.filter(Boolean).join('');
}

function replicas(object: WorkloadObject): string {
  const { updatedReplicas = 0, availableReplicas = 0 } = object.status ?? {};
  const conditions = object.status?.conditions?.map(({ type, status, reason }) => `${type}=${status} (${reason})`);
  return fields([
    ['Replicas', `${readyOf(object)} ready, ${updatedReplicas} updated, ${availableReplicas} available`],
    ['Conditions', conditions],
  ]);
}

function keysOf({ data = {}, stringData = {} }: KubeObject): string {
  const encoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(String(value), 'base64').length]);
  const written = Object.entries(stringData as object).map(([key, value]) => [key, Buffer.byteLength(String(value))]);
  return [...encoded, ...written].map(([key, bytes]) => `${key}:  ${bytes} bytes\n`).join('');
}

function section(title: string, text: string): string {
  return `${title}:\n${indent(text)}`;
}
