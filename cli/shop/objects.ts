/** An object from the running shop: in Kubernetes' shape, with its file and line. */
export interface KubeObject {
  apiVersion?: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    creationTimestamp?: string;
  };
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  data?: Record<string, unknown>;
  source?: { file: string; line: number };
  [field: string]: unknown;
}

/** The status of one container of a pod, as in Kubernetes. */
export interface ContainerStatus {
  name: string;
  ready: boolean;
  restartCount: number;
  image?: string;
  state?: ContainerStates;
  /** How the run before the present one ended. */
  lastState?: ContainerStates;
}

/** By the name of the state, `waiting`, `running` or `terminated`, its facts. */
export type ContainerStates = Record<string, ContainerFacts | undefined>;

/** What is known of a container in its state; times are ISO times. */
export interface ContainerFacts {
  reason?: string;
  message?: string;
  exitCode?: number;
  signal?: number;
  startedAt?: string;
  finishedAt?: string;
}

/** Something that has happened to an object. */
export interface EventObject extends KubeObject {
  involvedObject: { kind: string; name: string };
  type: string;
  reason: string;
  message: string;
  count: number;
  firstTimestamp: string;
  lastTimestamp: string;
}

/** A Pod. */
export interface PodObject extends KubeObject {
  status: {
    phase?: string;
    podIP?: string;
    /** Container port → the app's port on 127.0.0.1. */
    podPorts?: Record<string, number>;
    startTime?: string;
    conditions?: { type: string; status: string }[];
    containerStatuses?: ContainerStatus[];
  };
}

/** A Deployment or StatefulSet. */
export interface WorkloadObject extends KubeObject {
  spec: {
    replicas?: number;
    selector?: { matchLabels?: Record<string, string> };
    template?: { spec?: { containers?: { name: string; image: string }[] } };
  };
  status?: {
    replicas?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    conditions?: { type: string; status: string; reason: string }[];
  };
}

/** The value at a path of fields, or undefined where one is missing. */
export function at(object: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], object);
}

/** Whether labels have all of a `matchLabels`. */
export function matches(labels: Record<string, string> = {}, wanted: Record<string, string> = {}): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
