import {
  type PodFacts,
  type ServiceFacts,
  type Summary,
  podFacts,
  serviceFacts,
  summaryOf,
} from '@tuesday/mesh/explain';
import { workloadOf } from '../envoys/workload-of.ts';
import { certificateOf } from './envoy.ts';
import { ApiError, type ApiRequest, type ApiShop, podOf } from './request.ts';

/** What the mesh does with a pod; 404 where there is no mesh, or its workload is gone. */
export async function describePod(request: ApiRequest): Promise<PodFacts> {
  const pod = podOf(request);
  const mesh = request.runner.plane?.mesh();
  const workload = mesh && workloadOf(mesh, pod.owner);
  if (mesh === undefined || workload === undefined) throw new ApiError(404, `The mesh does not know ${pod.name}.`);
  // A pod keeps what it was created with, whatever its next one would get.
  const own = mesh.withProxy(workload, pod.proxy?.kind ?? 'none');
  const certificate = await certificateOf(pod, own.identity);
  const refused = pod.proxy && request.runner.plane?.stateOf(pod.proxy.node)?.refusals();
  return { ...podFacts(mesh, own), certificate, refused: refused ?? [] };
}

/** What the mesh does with a Service; 404 where there is no mesh, or no such Service. */
export function describeService({ runner, words: [namespace = '', name = ''] }: ApiRequest): ServiceFacts {
  const mesh = runner.plane?.mesh();
  const service = mesh?.services.find((one) => one.namespace === namespace && one.name === name);
  if (mesh === undefined || service === undefined) throw new ApiError(404, `The mesh does not know ${name}.`);
  return serviceFacts(mesh, service);
}

/** A summary of the mesh; 404 where there is none. */
export function describeMesh({ plane }: Pick<ApiShop, 'plane'>): Summary {
  if (plane === undefined) throw new ApiError(404, 'There is no mesh: the shop was started with --no-mesh.');
  return summaryOf(plane.mesh());
}
