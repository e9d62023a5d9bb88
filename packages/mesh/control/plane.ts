import { assignments, type Assignment, type Endpoints } from '../envoy/endpoints.ts';
import { translate } from '../envoy/configuration.ts';
import type { Placement } from '../envoy/placement.ts';
import { createMesh } from '../model/create-mesh.ts';
import { perObject } from '../model/per-object.ts';
import type { MeshConfig } from '../manifests/mesh-config.ts';
import { findWorkload, type Mesh, type WorkloadRef } from '../model/mesh.ts';
import type { Workload } from '../model/workloads/workload.ts';
import type { Resource } from '../manifests/resource.ts';
import type { Authority } from './certificates/authority.ts';
import { createCertificates } from './certificates/certificates.ts';
import { objectsBehind, resourceMaker } from './blame.ts';
import { createProxies, type Settled } from './proxies.ts';
import type { RefusedBy, Synced, Xds } from './xds/server.ts';

/** One pod that has an Envoy. */
export interface ProxiedPod {
  /** Envoy's `node.id`. */
  node: string;
  workload: WorkloadRef;
  /** What it got when it was created. */
  kind: 'sidecar' | 'gateway';
  /** The same object as long as nothing about it changes. */
  placement: Placement;
}

/** A resource that a proxy refused in a trial. */
export interface TriedRefusal extends RefusedBy {
  /** The changed objects that have a part in it. */
  objects: Resource[];
}

export interface PlaneOptions {
  xds: Omit<Xds, 'stop'>;
  authority: Authority;
  config: MeshConfig;
  /** Called for a listener that a proxy cannot open, because another program holds its port. */
  onTakenPort?: (node: string, port: number) => void;
  /** How often to check whether a certificate is due, in ms. */
  checkMs?: number | undefined;
  /** The functions of the model and of the translation; tests give others. */
  translation?: Translation;
}

const REAL = { createMesh, translate, assignments };

export type Translation = typeof REAL;

/** The control plane, as istiod in a cluster: from the applied objects and the pods it keeps every proxy up to date. */
export interface Plane {
  /** Replaces the applied objects. */
  update(resources: readonly Resource[]): void;
  /**
   * Tries objects: gives them to the proxies, and takes them back if one of them refuses something that it was not given
   * before. Waits as `settled` does. `rejected` is then what was refused. Rejects, with the objects of before in force, if
   * they cannot be translated. The caller begins no second trial before the end of the first, and no `update`.
   */
  trial(resources: readonly Resource[]): Promise<Settled & { rejected: TriedRefusal[] }>;
  /** Replaces the pods that have a proxy, and the lookup of ready pods behind a Service. Cheap when nothing changed. */
  pods(pods: readonly ProxiedPod[], endpoints: Endpoints): void;
  /** Waits until every proxy uses the last update, or for `limitMs` (10 s) none has moved. Rejects if the objects cannot be translated. */
  settled(limitMs?: number): Promise<Settled>;
  mesh(): Mesh;
  /** What one proxy has; undefined for a node without a pod. */
  stateOf(node: string): Synced | undefined;
  /** What the proxies refuse now; each keeps what it has accepted last. */
  refusals(): RefusedBy[];
  /** Ends timers. The proxies keep what they have. */
  stop(): Promise<void>;
}

const LIMIT_MS = 10_000;

/** A plane without objects and pods. All updates within one turn of the event loop become one push for each proxy. */
export function createPlane(options: PlaneOptions): Plane {
  const translation = options.translation ?? REAL;
  const { xds } = options;
  const proxies = createProxies(options);
  const certificates = createCertificates({
    authority: options.authority,
    isAcknowledged: proxies.haveAcknowledged,
    onChange: schedule,
    ...(options.checkMs !== undefined && { checkMs: options.checkMs }),
  });
  let resources: readonly Resource[] = [];
  let current: Mesh | undefined;
  let pods: readonly ProxiedPod[] = [];
  let endpoints: Endpoints = () => [];
  let scheduled: NodeJS.Immediate | undefined;
  let failure: unknown;

  function mesh(): Mesh {
    return (current ??= translation.createMesh(resources, options.config));
  }

  function schedule(): void {
    scheduled ??= setImmediate(work);
  }

  function work(): void {
    scheduled = undefined;
    failure = undefined;
    try {
      deliver(mesh());
    } catch (error) {
      failure = error;
    }
    proxies.recheck();
  }

  function deliver(now: Mesh): void {
    const assignmentsOf = perObject((workload: Workload): Assignment[] =>
      translation.assignments(now, workload, endpoints),
    );
    const used = new Set<string>();
    for (const { node, workload: named, kind, placement } of pods) {
      const found = findWorkload(now, named);
      // A pod can exist a moment longer than its Deployment; its proxy keeps its resources.
      if (found === undefined) continue;
      const workload = now.withProxy(found, kind);
      used.add(workload.identity);
      const certificate = certificates.of(workload.identity);
      if (certificate === undefined) continue;
      proxies.update(node, {
        configuration: { basis: [now, placement], make: () => translation.translate(now, workload, placement) },
        endpoints: assignmentsOf(workload),
        certificate,
      });
    }
    certificates.keep(used);
  }

  function update(all: readonly Resource[]): void {
    if (all.length === resources.length && all.every((one, index) => one === resources[index])) return;
    [resources, current] = [all, undefined];
    schedule();
  }

  async function settled(limitMs = LIMIT_MS): Promise<Settled> {
    const result = await proxies.settled(limitMs, function progress() {
      if (scheduled !== undefined) return 'busy';
      if (failure !== undefined || xds.refusalsOfTrial().length > 0) return 'failed';
      return certificates.isPending() ? 'busy' : 'idle';
    });
    if (failure !== undefined) throw failure;
    return result;
  }

  async function trial(all: readonly Resource[]): Promise<Settled & { rejected: TriedRefusal[] }> {
    const before = [resources, current] as const;
    let rejected: RefusedBy[] | undefined;
    xds.beginTrial();
    try {
      update(all);
      const result = await settled();
      rejected = xds.refusalsOfTrial();
      if (rejected.length === 0) return { ...result, rejected: [] };
    } finally {
      if (rejected?.length !== 0) {
        [resources, current] = before;
        clearImmediate(scheduled);
        work();
      }
      xds.endTrial();
    }
    // What many proxies refuse is looked at once: each look makes a mesh for every changed object.
    const behind = new Map<string, Resource[]>();
    const tried = rejected.map((one) => {
      const known = behind.get(`${one.type} ${one.name}`);
      if (known !== undefined) return { ...one, objects: known };
      const pod = pods.find(({ node }) => node === one.node);
      const resourceFrom = resourceMaker({ ...one, pod }, { ...translation, config: options.config });
      const objects = objectsBehind({ before: before[0], after: all }, resourceFrom);
      behind.set(`${one.type} ${one.name}`, objects);
      return { ...one, objects };
    });
    return { ...(await settled()), rejected: tried };
  }

  return {
    update,
    trial,
    pods(all, ready) {
      pods = all;
      endpoints = ready;
      proxies.keep(new Set(all.map(({ node }) => node)));
      schedule();
    },
    settled,
    mesh,
    stateOf: xds.stateOf,
    refusals: proxies.refusals,
    async stop() {
      clearImmediate(scheduled);
      await certificates.stop();
    },
  };
}
