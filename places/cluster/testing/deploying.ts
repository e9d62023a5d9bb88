import { OVERLAY } from '../../repository.ts';
import { deploy as deployTo } from '../deploy/deploy.ts';
import type { List, Pod, Workload } from '../kubectl/objects.ts';
import { kubectl, withTools } from './fake-tools.ts';
import type { Answer } from './fake-tools.ts';
import { healthy, overlay, recorded } from './recorded.ts';

/** Three workloads that serve, and their pods. */
export const { workloads: ready, pods } = recorded();
const APPLIED = 'namespace/shop created\nservice/billing created\ndeployment.apps/billing-v1 configured\n';

/** The same while no pod of Deployment billing-v1 serves. */
export function starting(): List<Workload> {
  const { items } = recorded().workloads;
  items[0]!.status = { ...items[0]!.status, availableReplicas: 0 };
  return { items };
}

/** The pods, billing's with something done to it. */
export function podsWith(change: (billing: Pod) => void): List<Pod> {
  const { items } = recorded().pods;
  change(items[0]!);
  return { items };
}

/** Something done to a pod: its app does not run, for this reason. */
export const waits =
  (reason: string, message = '') =>
  (pod: Pod) =>
    void (pod.status.containerStatuses![0]!.state = { waiting: { reason, message } });

/** A healthy cluster, and what is there when deploy looks: workloads and pods, one entry a look, and the pods it finds in the end. */
export function cluster(looks: (List<Workload | Pod> | string)[], found: List<Pod> = pods): Answer[] {
  return [
    ...healthy(),
    kubectl('apply -k *k8s/overlays/local', APPLIED),
    kubectl('get -k *k8s/overlays/local -o json', overlay(ready.items)),
    kubectl('get deployments,statefulsets,pods -n shop -o json', ...looks),
    kubectl('get pods -n shop -o json', found),
    kubectl('config set-context --current --namespace=shop', 'Context "kind-shop" modified.\n'),
  ];
}

export const all = (workloads: List<Workload>, some: List<Pod> = pods) => ({
  items: [...workloads.items, ...some.items],
});
/** Deploys the shop; `timeout` is in milliseconds. */
export const deploy = (answers: Answer[], { timeout = 300_000 } = {}) =>
  withTools(answers, (terminal) => deployTo(terminal, OVERLAY, timeout));
