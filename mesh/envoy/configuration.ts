import type { Mesh } from '../model/mesh.ts';
import type { Workload } from '../model/workload.ts';
import type { Placement } from './placement.ts';
import type { Named } from './types.ts';

/** Everything that one proxy is told, but for its endpoints and secrets. */
export interface Configuration {
  listeners: Named[];
  clusters: Named[];
  routes: Named[];
}

/** What a workload's proxy is told. Pure, and in a fixed order: the same mesh and placement give the same text. */
export function translate(mesh: Mesh, workload: Workload, placement: Placement): Configuration {
  void mesh;
  void workload;
  void placement;
  return { listeners: [], clusters: [], routes: [] };
}
