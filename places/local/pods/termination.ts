import { setTimeout as wait } from 'node:timers/promises';
import { errorOf } from '../boundary.ts';
import type { PodEvents } from './events.ts';
import type { RunningProgram } from '../processes/process.ts';

/** Grace period of a container in a hurry. */
const HURRY_MS = 5_000;

export interface Termination {
  /** The preStop sleep, in ms, during which the container still serves. */
  sleepMs: number;
  /** From the start of the preStop sleep to SIGKILL, in ms. */
  graceMs: number;
  /** Once aborted, there is no sleep any more, and SIGKILL follows after 5 s at most. */
  hurry: AbortSignal;
  /** Learns what goes wrong. */
  events: Pick<PodEvents, 'add'>;
}

/** Ends a container as a kubelet does: preStop, SIGTERM, and SIGKILL when the grace period is over. An Envoy drains before its SIGTERM, as under Istio's agent. Resolves when the container has ended; a signal that cannot be sent is an event. */
export async function terminate(running: RunningProgram, termination: Termination): Promise<void> {
  const { sleepMs, graceMs, hurry, events } = termination;
  const failed = (error: unknown) =>
    events.add('Warning', 'FailedKillPod', `error killing pod: ${errorOf(error).message}`);
  const send = (signal: NodeJS.Signals) => {
    try {
      running.kill(signal);
    } catch (error) {
      failed(error);
    }
  };
  const began = performance.now();
  const left = () => graceMs - (performance.now() - began);
  if (sleepMs > 0 && !hurry.aborted) await pause(Math.min(sleepMs, graceMs), { running, hurry });
  if (running.drain && !hurry.aborted) await pause(left(), { running, hurry, until: running.drain().catch(failed) });
  send('SIGTERM');
  // Kubernetes grants two seconds more to a container whose preStop took the whole period.
  const patience = Math.max(left(), 2_000);
  const kill = () => send('SIGKILL');
  const timers = [setTimeout(kill, patience)];
  const onHurry = () => void timers.push(setTimeout(kill, Math.min(patience, HURRY_MS)));
  if (hurry.aborted) onHurry();
  else hurry.addEventListener('abort', onHurry, { once: true });
  await running.exited;
  hurry.removeEventListener('abort', onHurry);
  for (const timer of timers) clearTimeout(timer);
}

interface Pause {
  running: RunningProgram;
  hurry: AbortSignal;
  /** Ends the pause early. */
  until?: Promise<void>;
}

/** Waits, at most until the container ends or a hurry begins. */
async function pause(ms: number, { running, hurry, until }: Pause): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, hurry]);
  const time = wait(ms, undefined, { signal }).catch(() => undefined);
  await Promise.race([time, running.exited, ...(until ? [until] : [])]);
  over.abort();
}
