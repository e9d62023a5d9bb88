import { setTimeout as wait } from 'node:timers/promises';
import type { Running } from '../processes/process.ts';

/** Once everything is to stop at once, nobody is waited for longer. */
const HURRY_MS = 5_000;

export interface Termination {
  /** The preStop sleep. The container goes on serving meanwhile. */
  sleepMs: number;
  /** From the beginning, the sleep included, to SIGKILL. */
  graceMs: number;
  /** From then on there is no more sleep, and 5 s at most. */
  hurry: AbortSignal;
}

/** Ends a container as a kubelet does: preStop, SIGTERM, and SIGKILL when the grace period is over. An Envoy drains before its SIGTERM, as Istio's agent has it do. */
export async function terminate(running: Running, { sleepMs, graceMs, hurry }: Termination): Promise<void> {
  const began = performance.now();
  const left = () => graceMs - (performance.now() - began);
  if (sleepMs > 0 && !hurry.aborted) await rest(Math.min(sleepMs, graceMs), { running, hurry });
  if (running.drain && !hurry.aborted) await rest(left(), { running, hurry, enough: running.drain() });
  running.kill('SIGTERM');
  // Kubernetes grants two seconds more to a container whose preStop took the whole period.
  const patience = Math.max(left(), 2_000);
  const kill = () => running.kill('SIGKILL');
  const timers = [setTimeout(kill, patience)];
  const onHurry = () => void timers.push(setTimeout(kill, Math.min(patience, HURRY_MS)));
  if (hurry.aborted) onHurry();
  else hurry.addEventListener('abort', onHurry, { once: true });
  await running.exited;
  hurry.removeEventListener('abort', onHurry);
  for (const timer of timers) clearTimeout(timer);
}

interface Rest {
  running: Running;
  hurry: AbortSignal;
  enough?: Promise<void>;
}

async function rest(ms: number, { running, hurry, enough }: Rest): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, hurry]);
  const time = wait(ms, undefined, { signal }).catch(() => undefined);
  await Promise.race([time, running.exited, ...(enough ? [enough] : [])]);
  over.abort();
}
