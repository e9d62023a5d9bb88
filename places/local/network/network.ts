import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Placement } from '@tuesday/mesh/envoy';
import { type Capture, captureOf } from '@tuesday/mesh/manifests';
import { type Service, fqdnOf, isHttp } from '@tuesday/mesh/model';
import { type NetworkContent, type ServiceEndpoints, reachablePortsOf, writeEndpoints } from './endpoints.ts';
import type { Pod } from '../pods/pod.ts';

export interface NetworkOptions {
  /** The runner's folder. */
  state: string;
  endpoints(): ServiceEndpoints[];
  /** All pods: each can be reached by its address. */
  pods(): readonly Pod[];
  /** The mesh's Services; none where there is no mesh. */
  services(): readonly Service[];
}

/** The files with the address behind each name and port. capture.cjs reads them in a pod's process. */
export interface Network {
  /** Path of a pod's file. A pod with a sidecar has its own, in which every Service leads to the sidecar; all others share one, in which Services lead to ready pods. */
  fileOf(pod: { name: string; proxy: { kind: string } | undefined }): string;
  /** Writes the file of a pod with a sidecar, and keeps it up to date. Throws the system's error where it cannot be written, and then does not keep a new one. Calls that its annotations take out of the sidecar's way lead to ready pods. */
  addSidecar(pod: { name: string; annotations: Readonly<Record<string, string>> }, placement: Placement): void;
  /** Removes the file of a pod that has ended. */
  removeSidecar(pod: string): void;
  /** Writes the files whose content has changed, each whatever becomes of the others. Throws the first of the system's errors; a file that could not be written keeps its content. */
  write(): void;
}

/** Writes nothing before the first `write` or `addSidecar`. */
export function createNetwork({ state, endpoints, pods, services }: NetworkOptions): Network {
  const folder = join(state, 'network');
  const all = join(state, 'endpoints.json');
  const sidecars = new Map<string, Sidecar>();
  const written = new Map<string, string>();
  const ofPod = (name: string) => join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });

  function writeIfChanged(file: string, shown: NetworkContent['endpoints']): void {
    const reachable = pods().map((pod) => [pod.ip, reachablePortsOf(pod)] as const);
    const content = { endpoints: shown, pods: Object.fromEntries(reachable) };
    const text = JSON.stringify(content);
    if (written.get(file) === text) return;
    writeEndpoints(file, content);
    written.set(file, text);
  }

  return {
    fileOf: ({ name, proxy }) => (proxy?.kind === 'sidecar' ? ofPod(name) : all),
    addSidecar({ name, annotations }, placement) {
      const sidecar = { placement, capture: captureOf(annotations) };
      const isNew = !sidecars.has(name);
      sidecars.set(name, sidecar);
      try {
        writeIfChanged(ofPod(name), sidecarEndpoints(endpoints(), services(), sidecar));
      } catch (error) {
        if (isNew) sidecars.delete(name);
        throw error;
      }
    },
    removeSidecar(name) {
      sidecars.delete(name);
      written.delete(ofPod(name));
      rmSync(ofPod(name), { force: true });
    },
    write() {
      const now = endpoints();
      const faults: unknown[] = [];
      const attempt = (file: string, shown: () => NetworkContent['endpoints']) => {
        try {
          writeIfChanged(file, shown());
        } catch (error) {
          faults.push(error);
        }
      };
      attempt(all, () => now);
      for (const [name, sidecar] of sidecars) attempt(ofPod(name), () => sidecarEndpoints(now, services(), sidecar));
      if (faults.length > 0) throw faults[0];
    },
  };
}

interface Sidecar {
  placement: Placement;
  capture: Capture;
}

/**
 * Every Service leads to a listener of the pod's sidecar: one for all HTTP Services of a port, and one for each other host and port;
 * what the sidecar does not take leads to the Service's pods.
 */
function sidecarEndpoints(
  endpoints: readonly ServiceEndpoints[],
  services: readonly Service[],
  { placement, capture }: Sidecar,
) {
  return endpoints.map(({ name, namespace, ip, ports: ofPods }) => {
    const fqdn = fqdnOf(name, namespace);
    const ports = services.find((service) => service.fqdn === fqdn)?.ports ?? [];
    const reached = ports.map(({ port, protocol }): [number, number[]] => {
      const { outboundHttp, outboundOwn } = placement;
      const listener = isHttp(protocol) ? outboundHttp(port) : outboundOwn(fqdn, port);
      return [port, capture.outbound(port) ? [listener.port] : (ofPods[port] ?? [])];
    });
    return { name, namespace, ip, ports: Object.fromEntries(reached) };
  });
}
