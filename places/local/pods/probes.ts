import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Container, Probe } from '@tuesday/mesh/manifests';
import type { RunningProgram } from '../processes/process.ts';

// Not imported, because an import of node:http makes Node load undici: decision 17.
const { request } = process.getBuiltinModule('node:http');

/** Period of the probes until a container is ready for the first time, in ms, even if its own period is longer: a start then takes no longer than the app. */
const FIRST_PERIOD_MS = 60;

export interface ProbeTarget {
  container: Container;
  /** The loopback port of a container port. */
  hostPort(containerPort: number): number;
  /** Answers exec probes. */
  check?: RunningProgram['check'];
}

/** Called with the results of the probes. */
export interface ProbeListener {
  /** The readiness probe has another result than before. */
  ready(ready: boolean): void;
  /** The startup or liveness probe has failed as often as it may: the container has to be restarted. */
  unhealthy(reason: string): void;
  /** Ends the probes. */
  signal: AbortSignal;
}

/** Runs a container's startup, readiness and liveness probes until the signal. They go to the app directly and pass no Envoy, as Istio's rewritten probes do. */
export async function watchProbes(target: ProbeTarget, listener: ProbeListener): Promise<void> {
  const { startupProbe, readinessProbe, livenessProbe } = target.container;
  if (startupProbe && !(await started(startupProbe, target, listener))) return;
  if (listener.signal.aborted) return;
  if (livenessProbe) void watchLiveness(livenessProbe, target, listener);
  if (readinessProbe) await watchReadiness(readinessProbe, target, listener);
  else listener.ready(true);
}

async function started(probe: Probe, target: ProbeTarget, { signal, unhealthy }: ProbeListener): Promise<boolean> {
  const until = performance.now() + (probe.initialDelaySeconds + probe.periodSeconds * probe.failureThreshold) * 1_000;
  while (!signal.aborted) {
    if (await runProbe(probe, target)) return true;
    if (performance.now() > until) return (unhealthy('startup probe failed'), false);
    await pause(FIRST_PERIOD_MS, signal);
  }
  return false;
}

async function watchReadiness(probe: Probe, target: ProbeTarget, { signal, ready }: ProbeListener): Promise<void> {
  let isReady = false;
  let ever = false;
  for (let streak = 0; !signal.aborted;) {
    const good = await runProbe(probe, target);
    if (signal.aborted) return;
    streak = good === isReady ? 0 : streak + 1;
    if (streak >= (good ? probe.successThreshold : probe.failureThreshold)) {
      isReady = good;
      streak = 0;
      ready(good);
    }
    ever ||= isReady;
    await pause(ever ? probe.periodSeconds * 1_000 : Math.min(FIRST_PERIOD_MS, probe.periodSeconds * 1_000), signal);
  }
}

async function watchLiveness(probe: Probe, target: ProbeTarget, { signal, unhealthy }: ProbeListener): Promise<void> {
  await pause(probe.initialDelaySeconds * 1_000, signal);
  for (let failures = 0; !signal.aborted;) {
    await pause(probe.periodSeconds * 1_000, signal);
    if (signal.aborted) return;
    failures = (await runProbe(probe, target)) ? 0 : failures + 1;
    if (failures >= probe.failureThreshold) return unhealthy('liveness probe failed');
  }
}

/** Sends one probe; false when the answer is no success, or does not come within the probe's timeout. */
export async function runProbe(probe: Probe, target: ProbeTarget): Promise<boolean> {
  const timeout = probe.timeoutSeconds * 1_000;
  if (probe.httpGet) return httpOk(probe.httpGet, { port: portOf(probe.httpGet.port, target), timeout });
  if (probe.tcpSocket) return tcpOpen(portOf(probe.tcpSocket.port, target), timeout);
  return (await target.check?.(probe.exec!.command, timeout)) ?? false;
}

function portOf(port: string | number, { container, hostPort }: ProbeTarget): number {
  const named = container.ports.find(({ name }) => name === port)?.containerPort;
  return hostPort(named ?? Number(port));
}

function httpOk(
  { path, httpHeaders = [] }: NonNullable<Probe['httpGet']>,
  { port, timeout }: { port: number; timeout: number },
): Promise<boolean> {
  const own = httpHeaders.map(({ name, value }) => [name, value] as const);
  const headers = Object.fromEntries([['user-agent', 'kube-probe/local'] as const, ...own]);
  return new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, path, timeout, agent: false, headers }, (answer) => {
      answer.resume();
      resolve((answer.statusCode ?? 500) < 400);
    });
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(false));
    sent.end();
  });
}

function tcpOpen(port: number, timeout: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout });
    const say = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket
      .once('connect', () => say(true))
      .once('error', () => say(false))
      .once('timeout', () => say(false));
  });
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
