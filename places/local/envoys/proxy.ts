import type { Container } from '@tuesday/mesh/manifests';
import type { LocalPlacement } from './placement.ts';
import type { RunningProgram } from '../processes/process.ts';

/** The Envoy of a pod: a sidecar beside its container, or the only container of a gateway. */
export interface Proxy {
  kind: 'sidecar' | 'gateway';
  /** Envoy's `node.id`. */
  node: string;
  /** Another object once a port was drawn anew. */
  placement: LocalPlacement;
  /** Starts it, each time with the same ports; `restarts` counts from 0. */
  launch(restarts: number): RunningProgram;
  /** Frees its ports, once the pod has ended. */
  release(): void;
}

/** The facts of a pod from which its proxy is made. */
export interface ProxiedPod {
  name: string;
  namespace: string;
  owner: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** Container port → the loopback port on which the app listens. */
  ports: Map<number, number>;
}

/** The readiness probe of Istio's injection: ready when the Envoy has its whole configuration. */
const PROBE = {
  exec: { command: ['pilot-agent', 'request', 'GET', 'ready'] },
  initialDelaySeconds: 0,
  periodSeconds: 15,
  timeoutSeconds: 3,
  successThreshold: 1,
  failureThreshold: 4,
};

/** A gateway's container; without a readiness probe of its own it gets the one of its Envoy. */
export function withReadinessProbe(container: Container): Container {
  return { ...container, readinessProbe: container.readinessProbe ?? PROBE };
}

/** The container that injection adds to a pod. */
export const SIDECAR: Container = {
  name: 'istio-proxy',
  image: 'auto',
  ports: [],
  env: [],
  envFrom: [],
  volumeMounts: [],
  readinessProbe: PROBE,
};
