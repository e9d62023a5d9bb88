import { assignments, type Assignment, type Endpoints } from '../envoy/endpoints.ts';
import { translate } from '../envoy/configuration.ts';
import type { Placement } from '../envoy/placement.ts';
import { createMesh } from '../model/create-mesh.ts';
import type { MeshConfig } from '../manifests/mesh-config.ts';
import { findWorkload, type Mesh, type WorkloadRef } from '../model/mesh.ts';
import type { Workload } from '../model/workloads/workload.ts';
import type { Resource } from '../manifests/resource.ts';
import type { Authority } from './authority.ts';
import { createCertificates } from './certificates.ts';
import { createProxies, type Settled } from './proxies.ts';
import type { ProxyResources } from './resources.ts';
import type { Xds } from './xds.ts';

/** One pod that has an Envoy. */
export interface ProxiedPod {
  /** Envoy's `node.id`. */
  node: string;
  workload: WorkloadRef;
  /** The same object as long as nothing about it changes. */
  placement: Placement;
}

export interface PlaneOptions {
  xds: Pick<Xds, 'push' | 'forget'>;
  authority: Authority;
  config: MeshConfig;
  /** The reason for which a proxy rejected a push, as far as its log says. */
  reasonOf?: (node: string) => string | undefined;
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
  /** Replaces the pods that have a proxy, and the lookup of ready pods behind a Service. Cheap when nothing changed. */
  pods(pods: readonly ProxiedPod[], endpoints: Endpoints): void;
  /** Waits until every proxy uses the last update, at most `limitMs` (10 s). Rejects if the objects cannot be translated. */
  settled(limitMs?: number): Promise<Settled>;
  mesh(): Mesh;
  /** The resources that were pushed to a proxy last, acknowledged or not. */
  configurationOf(node: string): ProxyResources | undefined;
  /** Ends timers. The proxies keep what they have. */
  stop(): Promise<void>;
}

const LIMIT_MS = 10_000;

/** A plane without objects and pods. All updates within one turn of the event loop become one push for each proxy. */
export function createPlane(options: PlaneOptions): Plane {
  const translation = options.translation ?? REAL;
  const proxies = createProxies(options);
  const certificates = createCertificates({
    authority: options.authority,
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
    const assignmentsOf = remembered((workload: Workload): Assignment[] =>
      translation.assignments(now, workload, endpoints),
    );
    const used = new Set<string>();
    for (const { node, workload: named, placement } of pods) {
      const workload = findWorkload(now, named);
      // A pod can exist a moment longer than its Deployment; its proxy keeps its resources.
      if (workload === undefined) continue;
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

  return {
    update(all) {
      resources = all;
      current = undefined;
      schedule();
    },
    pods(all, ready) {
      pods = all;
      endpoints = ready;
      proxies.keep(new Set(all.map(({ node }) => node)));
      schedule();
    },
    async settled(limitMs = LIMIT_MS) {
      const result = await proxies.settled(limitMs, function progress() {
        if (scheduled !== undefined) return 'busy';
        if (failure !== undefined) return 'failed';
        return certificates.isPending() ? 'busy' : 'idle';
      });
      if (failure !== undefined) throw failure;
      return result;
    },
    mesh,
    configurationOf: proxies.resourcesOf,
    async stop() {
      clearImmediate(scheduled);
      certificates.stop();
    },
  };
}

/** Calls `make` once for each key: pods of one workload have the same clusters. */
function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
