import { assignments as realAssignments } from '../envoy/endpoints.ts';
import type { Assignment, Endpoints } from '../envoy/endpoints.ts';
import { translate as realTranslate } from '../envoy/configuration.ts';
import type { Placement } from '../envoy/placement.ts';
import { createMesh as realCreateMesh } from '../model/create-mesh.ts';
import { findWorkload } from '../model/find-workload.ts';
import type { WorkloadRef } from '../model/find-workload.ts';
import type { MeshConfig } from '../manifests/mesh-config.ts';
import type { Mesh } from '../model/mesh.ts';
import type { Workload } from '../model/workloads/workload.ts';
import type { Resource } from '../manifests/resource.ts';
import type { Authority } from './authority.ts';
import { createCertificates } from './certificates.ts';
import { createProxies } from './proxies.ts';
import type { Settled } from './proxies.ts';
import type { Wanted } from './wanted.ts';
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
  /** Why a proxy refused what it was sent, as far as its log says. */
  reasonOf?: (node: string) => string | undefined;
  /** How often to look whether a certificate is due, in ms. */
  checkMs?: number | undefined;
  /** How resources become a mesh and a mesh becomes Envoy's; for tests. */
  translation?: Translation;
}

export interface Translation {
  createMesh: typeof realCreateMesh;
  translate: typeof realTranslate;
  assignments: typeof realAssignments;
}

/** What istiod is to a cluster: it knows what was applied and which pods there are, and keeps every proxy up to date. */
export interface Plane {
  /** What was applied has changed. */
  update(resources: readonly Resource[]): void;
  /** Which pods have a proxy, and who is ready behind each Service. Cheap when nothing changed. */
  pods(pods: readonly ProxiedPod[], endpoints: Endpoints): void;
  /** Waits until every proxy uses what was last said; 10 s unless told. Rejects if the resources cannot be translated. */
  settled(limitMs?: number): Promise<Settled>;
  mesh(): Mesh;
  /** What a proxy shall have, whether or not it has it yet. */
  configurationOf(node: string): Wanted | undefined;
  /** Ends timers. The proxies keep what they have. */
  stop(): Promise<void>;
}

const LIMIT_MS = 10_000;

/** A plane without resources and pods. What is said within one turn of the event loop becomes one push a proxy. */
export function createPlane(options: PlaneOptions): Plane {
  const { createMesh, translate, assignments } = options.translation ?? defaultTranslation;
  const proxies = createProxies(options);
  const certificates = createCertificates({
    authority: options.authority,
    onChange: schedule,
    ...(options.checkMs !== undefined && { checkMs: options.checkMs }),
  });
  let resources: readonly Resource[] = [];
  let decided: Mesh | undefined;
  let pods: readonly ProxiedPod[] = [];
  let endpoints: Endpoints = () => [];
  let scheduled: NodeJS.Immediate | undefined;
  let failure: unknown;

  function mesh(): Mesh {
    return (decided ??= createMesh(resources, options.config));
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
    proxies.look();
  }

  function deliver(now: Mesh): void {
    const behind = remembered((workload: Workload): Assignment[] => assignments(now, workload, endpoints));
    const used = new Set<string>();
    for (const { node, workload: named, placement } of pods) {
      const workload = findWorkload(now, named);
      // A pod may outlive its Deployment by a moment, and then keeps what it has.
      if (workload === undefined) continue;
      used.add(workload.identity);
      const certificate = certificates.of(workload.identity);
      if (certificate === undefined) continue;
      proxies.bring(node, {
        configuration: { basis: [now, placement], make: () => translate(now, workload, placement) },
        endpoints: behind(workload),
        certificate,
      });
    }
    certificates.keep(used);
  }

  return {
    update(all) {
      resources = all;
      decided = undefined;
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
        if (failure !== undefined) return 'over';
        return certificates.isPending() ? 'busy' : 'idle';
      });
      if (failure !== undefined) throw failure;
      return result;
    },
    mesh,
    configurationOf: (node) => proxies.wantedOf(node),
    async stop() {
      clearImmediate(scheduled);
      certificates.stop();
    },
  };
}

const defaultTranslation: Translation = {
  createMesh: realCreateMesh,
  translate: realTranslate,
  assignments: realAssignments,
};

/** Pods of one workload have the same callees. */
function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
