import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openAuthority } from '../../../packages/mesh/control/authority.ts';
import { type Plane, createPlane } from '../../../packages/mesh/control/plane.ts';
import { serveXds } from '../../../packages/mesh/control/xds.ts';
import { proxyCluster } from '../../../packages/mesh/envoy/names.ts';
import type { MeshConfig } from '../../../packages/mesh/manifests/mesh-config.ts';
import { startEnvoy } from './start-envoy.ts';
import type { Guard } from '../processes/guard.ts';
import { logPath } from '../processes/log-file.ts';
import { meshEndpoints } from './mesh-endpoints.ts';
import type { Network } from '../network/network.ts';
import { createPlacement } from './placement.ts';
import type { Pod } from '../pods/pod.ts';
import { allocateBlock } from '../network/port-block.ts';
import type { ProxiedPod, Proxy } from './proxy.ts';
import { refusalIn } from './rejection.ts';
import { socketFolder } from './socket-folder.ts';
import { ownerRef, workloadOf } from './workload-of.ts';

export interface MeshingOptions {
  /** The runner's folder, and that of its logs. */
  state: string;
  logs: string;
  /** The Envoy to run. */
  envoy: string;
  config: MeshConfig;
  guard: Guard;
  /** How long certificates hold, and how often to look whether one is due: as the control plane has it, unless told. */
  certificates?: { leafMs: number; checkMs: number } | undefined;
  network: Network;
  /** Every pod there is. */
  pods(): Pod[];
}

/** The mesh's side of the runner: a control plane, and an Envoy for each pod that wants one. */
export interface Meshing {
  plane: Plane;
  /** The Envoy for a new pod, by what injection says of its workload now. */
  proxyFor(pod: ProxiedPod): Promise<Proxy | undefined>;
  /** The pods have changed, or who is ready among them. */
  publish(): void;
  stop(): Promise<void>;
}

export async function openMeshing(options: MeshingOptions): Promise<Meshing> {
  const { state, logs, envoy, config, guard, certificates, network, pods } = options;
  const folder = join(state, 'envoy');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const sockets = socketFolder(folder);
  const xdsSocket = join(sockets, 'xds.sock');
  const [xds, authority] = await Promise.all([
    serveXds(xdsSocket),
    openAuthority(join(state, 'ca'), {
      trustDomain: config.trustDomain,
      ...(certificates && { leafMs: certificates.leafMs }),
    }),
  ]);
  const lives = new Map<string, string>();
  const plane = createPlane({
    xds,
    authority,
    config,
    checkMs: certificates?.checkMs,
    reasonOf: (node) => refusalIn(lives.get(node) ?? ''),
  });

  async function proxyFor(pod: ProxiedPod): Promise<Proxy | undefined> {
    const workload = workloadOf(plane.mesh(), pod.owner);
    if (!workload || workload.proxy === 'none') return undefined;
    const { name, namespace, ports } = pod;
    const kind = workload.proxy;
    const block = await allocateBlock();
    const adminSocket = join(sockets, `${name}.sock`);
    const placement = createPlacement({ ports, take: block.take, adminSocket });
    const node = `${kind === 'gateway' ? 'router' : 'sidecar'}~127.0.0.1~${name}.${namespace}~${namespace}.svc.cluster.local`;
    if (kind === 'sidecar') network.join(name, placement);
    return {
      kind,
      node,
      placement,
      launch(life) {
        const log = logPath(logs, name, kind === 'gateway' ? life : `istio-proxy.${life}`);
        lives.set(node, log);
        // The mark by which the next runner finds what this one left (leftovers.ts).
        const env = { TUESDAY_ENDPOINTS: network.fileOf({ name, proxy: { kind } }) };
        const who = { name, id: node, cluster: proxyCluster(workload) };
        return startEnvoy({ ...who, envoy, adminSocket, xdsSocket, folder, log, env, guard });
      },
      release() {
        network.leave(name);
        rmSync(adminSocket, { force: true });
        lives.delete(node);
        block.release();
      },
    };
  }

  function publish(): void {
    const proxied = pods().flatMap(({ owner, proxy }) =>
      proxy ? [{ node: proxy.node, workload: ownerRef(owner), placement: proxy.placement }] : [],
    );
    plane.pods(proxied, meshEndpoints(plane, pods));
  }

  async function stop(): Promise<void> {
    await plane.stop();
    await xds.stop();
  }

  return { plane, proxyFor, publish, stop };
}
