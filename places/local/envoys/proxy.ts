import type { Placement } from '../../../packages/mesh/envoy/placement.ts';
import type { Container } from '../../../packages/mesh/manifests/kinds/typed.ts';
import type { Running } from '../processes/process.ts';

/** The Envoy of a pod: beside its container, or all there is of a gateway. */
export interface Proxy {
  kind: 'sidecar' | 'gateway';
  /** Envoy's `node.id`. */
  node: string;
  placement: Placement;
  /** Starts it for its n-th life (0 first), always with the same ports. */
  launch(life: number): Running;
  /** Gives its ports back, once the pod is gone. */
  release(): void;
}

/** What a proxy needs to know of its pod. */
export interface ProxiedPod {
  name: string;
  namespace: string;
  owner: string;
  labels: Readonly<Record<string, string>>;
  /** Container port → the loopback port on which the app listens. */
  ports: ReadonlyMap<number, number>;
}

/** As injection probes it: ready when it has its whole configuration. */
const PROBE = {
  exec: { command: ['pilot-agent', 'request', 'GET', 'ready'] },
  initialDelaySeconds: 0,
  periodSeconds: 15,
  timeoutSeconds: 3,
  successThreshold: 1,
  failureThreshold: 4,
};

/** A gateway's container, asked for its Envoy's readiness unless it says how to. */
export function withProbe(container: Container): Container {
  return { ...container, readinessProbe: container.readinessProbe ?? PROBE };
}

/** What injection puts beside a container. */
export const SIDECAR: Container = {
  name: 'istio-proxy',
  image: 'auto',
  ports: [],
  env: [],
  envFrom: [],
  volumeMounts: [],
  readinessProbe: PROBE,
};
