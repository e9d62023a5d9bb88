import { usageOf } from '../processes/memory.ts';
import { troublesOf } from '../pods/trouble.ts';
import { refusalSentences } from './proxy-status.ts';
import type { ApiShop } from './request.ts';

/** The facts of the whole shop. Cheap: every command that connects may ask for them. */
export function shopStatus({
  facts,
  faults,
  pods,
  plane,
}: Pick<ApiShop, 'facts' | 'faults' | 'pods' | 'plane'>): object {
  const sidecars = pods.all().filter(({ proxy }) => proxy !== undefined).length;
  const warnings = [
    ...facts.warnings,
    ...faults.list(),
    ...pods.all().flatMap(troublesOf),
    ...refusalSentences({ plane, pods }),
  ];
  return { ...facts, warnings, pid: process.pid, mesh: plane !== undefined, sidecars };
}

/** The memory of the runner and all that it started, in bytes. The system adds up the pages of every process for it: milliseconds each. */
export function shopMemory(): { pss: number } {
  return { pss: usageOf([process.pid]).get(process.pid)?.pss ?? 0 };
}

/** What each pod uses: thousandths of a core, and bytes. `sidecar` is the Envoy's part of the memory; in a gateway that is all of it. */
export function topOf({ pods }: Pick<ApiShop, 'pods'>): object[] {
  const all = pods.all().map((pod) => ({
    pod,
    pid: pod.running?.pid ?? process.pid,
    envoy: pod.sidecar?.running?.pid,
  }));
  const usage = usageOf(all.flatMap(({ pid, envoy }) => (envoy === undefined ? [pid] : [pid, envoy])));
  const seconds = (since: Date | undefined) => Math.max(1, (Date.now() - (since ?? new Date()).getTime()) / 1_000);
  return all.map(({ pod, pid, envoy }) => {
    const { pss = 0, cpu = 0 } = usage.get(pid) ?? {};
    const beside = (envoy === undefined ? undefined : usage.get(envoy)) ?? { pss: 0, cpu: 0 };
    const cpuMillis = Math.round((cpu + beside.cpu) / seconds(pod.startedAt));
    const sidecar = pod.proxy?.kind === 'gateway' ? pss : envoy === undefined ? undefined : beside.pss;
    const memory = { pss: pss + beside.pss, ...(sidecar !== undefined && { sidecar }) };
    return { pod: pod.name, namespace: pod.namespace, cpuMillis, ...memory };
  });
}
