import type { Mesh } from '../model/mesh.ts';
import type { Service } from '../model/services/service.ts';
import type { Cluster } from '../model/policy/traffic-policy.ts';
import type { Workload } from '../model/workloads/workload.ts';
import type { Placement } from './placement.ts';

/** A workload beside its proxy, with everything that the translation asks about it. */
export interface Proxied {
  mesh: Mesh;
  workload: Workload;
  placement: Placement;
  /** Everybody that it can reach, with the Service behind; undefined for one that is not there. */
  reach: { cluster: Cluster; service: Service | undefined }[];
}
