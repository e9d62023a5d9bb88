import type { ServerResponse } from 'node:http';
import type { Plane, Store } from '@tuesday/mesh/control';
import type { Faults } from '../faults.ts';
import type { Changes } from '../changes/changes.ts';
import type { ServiceEndpoints } from '../network/endpoints.ts';
import type { Pod } from '../pods/pod.ts';
import type { Pods } from '../pods/pods.ts';

/** What `status` shows of a running shop. */
export interface ShopFacts {
  url: string;
  startedAt: Date;
  /** From the call to all pods ready, in ms; 0 until then. */
  readyMs: number;
  /** Folder of the kustomization. */
  overlay: string;
  /** Faults in the manifests that are no errors. */
  warnings: string[];
}

/** What the routes show and change of a running shop. */
export interface ApiShop {
  facts: ShopFacts;
  /** What fails in the runner's own work. */
  faults: Pick<Faults, 'list'>;
  store: Store;
  pods: Pods;
  /** The control plane; undefined without a mesh. */
  plane: Plane | undefined;
  changes: Changes;
  endpoints(): ServiceEndpoints[];
  podEnv(pod: Pod): Record<string, string>;
  /** The log of a container after its n-th restart is `<logs>/<pod>/<n>.log`. */
  logs: string;
  /** Stops every pod, and then ends this process, for `tuesday down`. */
  down(): Promise<void>;
}

/** One request to the runner's socket. */
export interface ApiRequest {
  runner: ApiShop;
  /** The variable parts of the path. */
  words: string[];
  query: URLSearchParams;
  /** The parsed JSON; an empty object where the request has no body. */
  body: never;
  res: ServerResponse;
}

/** A request that cannot be served: an HTTP status, and the sentence for the user. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The pod that the path names; throws ApiError 404 with kubectl's sentence where there is none. */
export function podOf({ runner, words: [namespace = '', name = ''] }: Pick<ApiRequest, 'runner' | 'words'>): Pod {
  const pod = runner.pods.find(namespace, name);
  if (!pod) throw new ApiError(404, `pods "${name}" not found`);
  return pod;
}
