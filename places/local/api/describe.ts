import { workloadOf } from '../envoys/workload-of.ts';
import { certificateOf } from './envoy.ts';
import { podFacts, type PodFacts, serviceFacts, type ServiceFacts } from './facts.ts';
import { ApiError as Refusal, type ApiRequest as Asked, podOf } from './request.ts';

/** What the mesh has decided about a pod; 404 where there is no mesh, or its workload is gone. */
export async function describePod(asked: Asked): Promise<PodFacts> {
  const pod = podOf(asked);
  const mesh = asked.runner.plane?.mesh();
  const workload = mesh && workloadOf(mesh, pod.owner);
  if (mesh === undefined || workload === undefined) throw new Refusal(404, `The mesh does not know ${pod.name}.`);
  const certificate = await certificateOf(pod, workload.identity);
  return { ...podFacts(mesh, workload), certificate };
}

/** What the mesh has decided about a Service; 404 where there is no mesh, or no such Service. */
export function describeService({ runner, words: [namespace = '', name = ''] }: Asked): ServiceFacts {
  const mesh = runner.plane?.mesh();
  const service = mesh?.services.find((one) => one.namespace === namespace && one.name === name);
  if (mesh === undefined || service === undefined) throw new Refusal(404, `The mesh does not know ${name}.`);
  return serviceFacts(mesh, service);
}
