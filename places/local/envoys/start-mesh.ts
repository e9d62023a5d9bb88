import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Plane, createPlane, openAuthority, serveXds } from '@tuesday/mesh/control';
import { proxyCluster } from '@tuesday/mesh/envoy';
import type { MeshConfig } from '@tuesday/mesh/manifests';
import type { Workload } from '@tuesday/mesh/model';
import { startEnvoy } from './start-envoy.ts';
import type { Guard } from '../processes/guard.ts';
import { logPath } from '../processes/log-file.ts';
import { createMeshEndpoints } from './mesh-endpoints.ts';
import type { Network } from '../network/network.ts';
import { createPlacement } from './placement.ts';
import type { Pod } from '../pods/pod.ts';
import { type PortBlock, allocateBlock } from '../network/port-block.ts';
import type { ProxiedPod, Proxy } from './proxy.ts';
import { removeShortFolder } from '../processes/api-socket.ts';
import { socketFolder } from './socket-folder.ts';
import { ownerRef, workloadOf } from './workload-of.ts';

export interface MeshOptions {
  /** The runner's folder, and that of its logs. */
  state: string;
  logs: string;
  /** The Envoy to run. */
  envoy: string;
  config: MeshConfig;
  guard: Guard;
  /** How long certificates and roots are valid, and how often the control plane looks for one to renew, in ms; its own defaults where left out. */
  certificates?: { leafMs: number; rootMs?: number; checkMs: number } | undefined;
  network: Network;
  /** The address of a Service by its full name. */
  serviceAddress(fqdn: string): string | undefined;
  /** All pods. */
  pods(): Pod[];
  /** Called when a listener has moved to another port: `publish` is due, and so are the files of the network. */
  onMove(): void;
}

/** The mesh of a running shop: a control plane, and an Envoy for each pod that gets one by injection. */
export interface RunningMesh {
  plane: Plane;
  /** Makes the Envoy of a new pod; undefined where injection gives its workload none. */
  proxyFor(pod: ProxiedPod): Promise<Proxy | undefined>;
  /** Sends the present pods to the Envoys; called after pods or their readiness have changed. */
  publish(): void;
  stop(): Promise<void>;
}

/** Starts the control plane, on a socket in the runner's folder. Throws the system's error when it cannot. */
export async function startMesh(options: MeshOptions): Promise<RunningMesh> {
  const { state, logs, envoy, config, guard, certificates, network, pods, serviceAddress } = options;
  const folder = join(state, 'envoy');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const sockets = socketFolder(folder);
  const xdsSocket = join(sockets, 'xds.sock');
  const [xds, authority] = await Promise.all([
    serveXds(xdsSocket),
    openAuthority(join(state, 'ca'), {
      trustDomain: config.trustDomain,
      ...certificates,
    }),
  ]);
  const plane = createPlane({
    xds,
    authority,
    config,
    checkMs: certificates?.checkMs,
    onTakenPort: drawAnew,
  });

  /** Another program listens on a port that an Envoy was to open: its listener moves to another one. */
  function drawAnew(node: string, port: number): void {
    const pod = pods().find(({ proxy }) => proxy?.node === node);
    const placement = pod?.proxy?.placement.without(port);
    if (pod?.proxy === undefined || placement === undefined) return;
    pod.proxy.placement = placement;
    try {
      if (pod.proxy.kind === 'sidecar') network.addSidecar(pod, placement);
    } catch {
      // Its file cannot be written now: `onMove` tries again until it can.
    }
    options.onMove();
  }

  async function proxyFor(pod: ProxiedPod): Promise<Proxy | undefined> {
    const workload = workloadOf(plane.mesh(), pod.owner);
    if (!workload || workload.proxy === 'none') return undefined;
    const block = await allocateBlock();
    try {
      return proxyWith(block, pod, workload);
    } catch (error) {
      block.release();
      throw error;
    }
  }

  function proxyWith(block: PortBlock, pod: ProxiedPod, workload: Workload): Proxy {
    const { name, namespace, ports } = pod;
    const kind = workload.proxy === 'gateway' ? 'gateway' : 'sidecar';
    const adminSocket = join(sockets, `${name}.sock`);
    const placement = createPlacement({ ports, take: block.take, adminSocket, serviceAddress });
    const node = `${kind === 'gateway' ? 'router' : 'sidecar'}~127.0.0.1~${name}.${namespace}~${namespace}.svc.cluster.local`;
    if (kind === 'sidecar') network.addSidecar(pod, placement);
    return {
      kind,
      node,
      placement,
      launch(restarts) {
        const log = logPath(logs, name, kind === 'gateway' ? restarts : `istio-proxy.${restarts}`);
        const env = { TUESDAY_ENDPOINTS: network.fileOf({ name, proxy: { kind } }) };
        const identity = { name, id: node, cluster: proxyCluster(workload) };
        return startEnvoy({ ...identity, envoy, adminSocket, xdsSocket, folder, log, env, guard });
      },
      release() {
        block.release();
        network.removeSidecar(name);
        rmSync(adminSocket, { force: true });
      },
    };
  }

  const endpoints = createMeshEndpoints(plane, pods);

  function publish(): void {
    const proxied = pods().flatMap(({ owner, proxy }) =>
      proxy ? [{ node: proxy.node, workload: ownerRef(owner), kind: proxy.kind, placement: proxy.placement }] : [],
    );
    plane.pods(proxied, endpoints());
  }

  async function stop(): Promise<void> {
    await plane.stop();
    await xds.stop();
    removeShortFolder(folder);
  }

  return { plane, proxyFor, publish, stop };
}
