import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Placement } from '../../../packages/mesh/envoy/placement.ts';
import { fqdnOf } from '../../../packages/mesh/model/services/hosts.ts';
import { isHttp } from '../../../packages/mesh/model/services/protocol.ts';
import type { Service } from '../../../packages/mesh/model/services/service.ts';
import { type ServiceEndpoints, reachablePortsOf, writeEndpoints } from './endpoints.ts';
import type { Pod } from '../pods/pod.ts';

export interface NetworkOptions {
  /** The runner's folder. */
  state: string;
  endpoints(): ServiceEndpoints[];
  /** Every pod there is: each can be asked by its address. */
  pods(): readonly Pod[];
  /** The mesh's Services; none where there is no mesh. */
  services(): readonly Service[];
}

/** The files from which the pods' processes learn where a name and a port lead (capture.cjs). */
export interface Network {
  /** For a pod with a sidecar one of its own: everything leads to the sidecar. For all others one for all: to ready pods. */
  fileOf(pod: { name: string; proxy: { kind: string } | undefined }): string;
  /** From now on the sidecar's pod has a file. */
  join(pod: string, placement: Placement): void;
  leave(pod: string): void;
  /** Writes what has changed; throws when that cannot be done, and the pods go on with what they know. */
  write(): void;
}

type Shown = Parameters<typeof writeEndpoints>[1]['endpoints'];

/** Nothing is written before the first `write` or `join`. */
export function createNetwork({ state, endpoints, pods, services }: NetworkOptions): Network {
  const folder = join(state, 'network');
  const all = join(state, 'endpoints.json');
  const placements = new Map<string, Placement>();
  const written = new Map<string, string>();
  const ofPod = (name: string) => join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });

  function put(file: string, shown: Shown): void {
    const content = {
      endpoints: shown,
      pods: Object.fromEntries(pods().map((pod) => [pod.ip, reachablePortsOf(pod)])),
    };
    const text = JSON.stringify(content);
    if (written.get(file) === text) return;
    writeEndpoints(file, content);
    written.set(file, text);
  }

  return {
    fileOf: ({ name, proxy }) => (proxy?.kind === 'sidecar' ? ofPod(name) : all),
    join(name, placement) {
      placements.set(name, placement);
      put(ofPod(name), captured(endpoints(), { services: services(), placement }));
    },
    leave(name) {
      placements.delete(name);
      written.delete(ofPod(name));
      rmSync(ofPod(name), { force: true });
    },
    write() {
      const now = endpoints();
      put(all, now);
      for (const [name, placement] of placements) put(ofPod(name), captured(now, { services: services(), placement }));
    },
  };
}

/** Every Service leads to the pod's own listener: one for all HTTP Services of a port, one for each other host and port. */
function captured(
  endpoints: readonly ServiceEndpoints[],
  { services, placement }: { services: readonly Service[]; placement: Placement },
) {
  return endpoints.map(({ name, namespace, ip }) => {
    const fqdn = fqdnOf(name, namespace);
    const ports = services.find((service) => service.fqdn === fqdn)?.ports ?? [];
    const listeners = ports.map(({ port, protocol }): [number, number[]] => {
      const { outboundHttp, outboundTcp } = placement;
      return [port, [(isHttp(protocol) ? outboundHttp(port) : outboundTcp(fqdn, port)).port]];
    });
    return { name, namespace, ip, ports: Object.fromEntries(listeners) };
  });
}
