import { randomBytes } from 'node:crypto';
import type { PodTemplate } from '@tuesday/mesh/manifests';
import type { ContainerState } from './container-restarts.ts';
import type { PodEvents } from './events.ts';
import type { Proxy } from '../envoys/proxy.ts';

/** One pod: a name, its own ports, a container that is restarted whenever it ends, and an Envoy beside it where the mesh injects one. */
export interface Pod extends ContainerState {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  /** Its address in the cluster's network; it has a meaning inside pods only. */
  readonly ip: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly template: PodTemplate;
  /** Its workload, as in `Deployment shop/checkout-v1`. */
  readonly owner: string;
  /** The template's hash, a part of the pod's name as with a ReplicaSet. */
  readonly hash: string;
  readonly created: Date;
  /** What has happened to it. */
  readonly events: PodEvents;
  /** Container port → loopback port of the app, or of the Envoy that is the whole of a gateway. Empty until the pod has its ports. */
  ports: ReadonlyMap<number, number>;
  /** Undefined until the pod has its ports, and where the mesh injects none. */
  proxy: Proxy | undefined;
  /** Whether all of its containers are ready, and it is not terminating. The other states are the app's. */
  ready: boolean;
  /** Whether its app is ready. */
  appReady: boolean;
  /** State of the Envoy beside the app. */
  sidecar: ContainerState | undefined;
  /** Stops it for good: preStop, SIGTERM, and SIGKILL after the grace period. `hurry` skips preStop and waits 5 s at most, also for a stop that has begun. Never rejects. */
  stop(options?: { hurry?: boolean }): Promise<void>;
}

/** A suffix as Kubernetes gives pods: five characters without vowels, so that it is never a word. */
export function podSuffix(): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return [...randomBytes(5)].map((byte) => alphabet[byte % alphabet.length]).join('');
}
