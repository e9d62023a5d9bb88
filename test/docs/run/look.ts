import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { Place } from '../../../places/place.ts';

/** What a document may change and must leave as it was: the name of each thing, and its contents or their hash. */
export type Look = Map<string, string>;

/** An object of Kubernetes. Its status, its age and the file that it comes from say nothing about what is in force. */
export interface KubeObject {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  status?: unknown;
  [field: string]: unknown;
}

/** Kinds that the cluster makes itself. */
const MADE = ['Pod', 'ReplicaSet', 'Endpoints', 'EndpointSlice', 'Event'];
/** A rolling restart writes its time into the template: the pods are new, the workload is not another one. */
const RESTARTED = 'kubectl.kubernetes.io/restartedAt';
/** What a cluster assigns to a Service: another one after a deletion. */
const ASSIGNED = ['clusterIP', 'clusterIPs', 'nodePort'];

/** The objects of a shop, and how many pods of each workload are ready. */
export function lookAtShop(objects: readonly KubeObject[], pods: Awaited<ReturnType<Place['pods']>>): Look {
  const look: Look = new Map();
  for (const { kind, metadata, status: _status, source: _source, ...body } of objects) {
    if (MADE.includes(kind)) continue;
    const contents = JSON.stringify({ labels: metadata.labels, ...body }, (key, value) => {
      if (ASSIGNED.includes(key) && value !== 'None') return undefined;
      return key === 'annotations' ? withoutRestart(value) : value;
    });
    look.set(`${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`, hash(contents));
  }
  const workloads = Map.groupBy(pods, ({ labels }) => [labels['app'], labels['version']].filter(Boolean).join(' '));
  for (const [name, own] of workloads)
    look.set(`pods of ${name}`, `${own.filter(({ ready }) => ready).length} ready of ${own.length}`);
  return look;
}

/** The files of a work tree that differ from its commit, the commit included. */
export function lookAtTree(folder: string): Look {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const files = git('status', '--porcelain', '-z', '--untracked-files=all').split('\0').filter(Boolean);
  const look: Look = new Map(files.map((line) => [`file ${line.slice(3)}`, line.slice(0, 2).trim()]));
  look.set('commit', git('rev-parse', 'HEAD').trim());
  look.set('contents of the changed files', hash(git('diff', 'HEAD')));
  return look;
}

/** What differs between two looks, a few words each. */
export function differences(before: Look, after: Look): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === is) return [];
    if (was === undefined) return [`${name} is new`];
    if (is === undefined) return [`${name} is gone`];
    return [isPods(name) ? `${name}: ${is}, not ${was}` : `${name} has changed`];
  });
}

/** Whether a name, or a difference, is about pods: they come back by themselves. */
export const isPods = (name: string) => name.startsWith('pods of ');

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

function withoutRestart({ [RESTARTED]: _time, ...others }: Record<string, string>): object | undefined {
  return Object.keys(others).length === 0 ? undefined : others;
}
