/** Kubernetes' objects: the fields that these commands read. */
export interface Meta {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  generation?: number;
  deletionTimestamp?: string;
}

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

interface Container {
  name: string;
  image: string;
  resources?: { requests?: { memory?: string } };
}

export interface ContainerStatus {
  name: string;
  image: string;
  ready: boolean;
  restartCount: number;
  state?: { waiting?: { reason?: string; message?: string } };
}

export interface Pod {
  kind: 'Pod';
  metadata: Meta;
  spec: { containers: Container[]; initContainers?: (Container & { restartPolicy?: string })[] };
  status: {
    phase?: string;
    conditions?: Condition[];
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
}

export interface Workload {
  kind: 'Deployment' | 'StatefulSet';
  metadata: Meta;
  spec: { replicas?: number; selector: { matchLabels?: Record<string, string> } };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    conditions?: Condition[];
  };
}

export interface KubeObject {
  kind: string;
  metadata: Meta;
}

export interface List<T> {
  items: T[];
}

export function isWorkload(object: KubeObject): object is Workload {
  return object.kind === 'Deployment' || object.kind === 'StatefulSet';
}

export function isPod(object: KubeObject): object is Pod {
  return object.kind === 'Pod';
}

/** Whether a condition of that type is True. */
export function hasCondition(conditions: readonly Condition[] | undefined, type: string): boolean {
  return conditions?.some((one) => one.type === type && one.status === 'True') ?? false;
}
