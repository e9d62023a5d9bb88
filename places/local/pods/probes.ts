import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Container, Probe } from '@tuesday/mesh/manifests';
import { errorOf } from '../boundary.ts';
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
  /** A probe of a container that was ready, or a liveness probe, has failed. */
  failed(sentence: string): void;
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

async function started(probe: Probe, target: ProbeTarget, listener: ProbeListener): Promise<boolean> {
  const { signal, failed, unhealthy } = listener;
  const until = performance.now() + (probe.initialDelaySeconds + probe.periodSeconds * probe.failureThreshold) * 1_000;
  while (!signal.aborted) {
    const fault = await faultOf(probe, target);
    if (fault === undefined) return true;
    if (performance.now() > until) {
      failed(`Startup probe failed: ${fault}`);
      unhealthy('failed startup probe');
      return false;
    }
    await pause(FIRST_PERIOD_MS, signal);
  }
  return false;
}

async function watchReadiness(probe: Probe, target: ProbeTarget, listener: ProbeListener): Promise<void> {
  const { signal, ready, failed } = listener;
  let isReady = false;
  let ever = false;
  for (let streak = 0; !signal.aborted;) {
    const fault = await faultOf(probe, target);
    if (signal.aborted) return;
    const good = fault === undefined;
    if (ever && !good) failed(`Readiness probe failed: ${fault}`);
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

async function watchLiveness(probe: Probe, target: ProbeTarget, listener: ProbeListener): Promise<void> {
  const { signal, failed, unhealthy } = listener;
  await pause(probe.initialDelaySeconds * 1_000, signal);
  for (let failures = 0; !signal.aborted;) {
    await pause(probe.periodSeconds * 1_000, signal);
    if (signal.aborted) return;
    const fault = await faultOf(probe, target);
    if (fault !== undefined) failed(`Liveness probe failed: ${fault}`);
    failures = fault === undefined ? 0 : failures + 1;
    if (failures >= probe.failureThreshold) return unhealthy('failed liveness probe');
  }
}

/** Sends one probe, and gives why it failed: the answer is no success, does not come within the probe's timeout, or the probe cannot be sent. */
async function faultOf(probe: Probe, target: ProbeTarget): Promise<string | undefined> {
  const timeout = probe.timeoutSeconds * 1_000;
  try {
    if (probe.httpGet) return await httpFault(probe.httpGet, { port: portOf(probe.httpGet.port, target), timeout });
    if (probe.tcpSocket) return await tcpFault(portOf(probe.tcpSocket.port, target), timeout);
    const { command } = probe.exec!;
    return (await target.check?.(command, timeout)) ? undefined : `command ${command.join(' ')} failed`;
  } catch (error) {
    return errorOf(error).message;
  }
}

function portOf(port: string | number, { container, hostPort }: ProbeTarget): number {
  const named = container.ports.find(({ name }) => name === port)?.containerPort;
  return hostPort(named ?? Number(port));
}

function httpFault(
  { path, httpHeaders = [] }: NonNullable<Probe['httpGet']>,
  { port, timeout }: { port: number; timeout: number },
): Promise<string | undefined> {
  const own = httpHeaders.map(({ name, value }) => [name, value] as const);
  const headers = Object.fromEntries([['user-agent', 'kube-probe/local'] as const, ...own]);
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, timeout, agent: false, headers }, (answer) => {
      answer.resume();
      const { statusCode = 500 } = answer;
      resolve(statusCode < 400 ? undefined : `HTTP probe failed with statuscode: ${statusCode}`);
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeout} ms`)));
    sent.on('error', reject);
    sent.end();
  });
}

function tcpFault(port: number, timeout: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout });
    const say = (fault?: string) => {
      socket.destroy();
      resolve(fault);
    };
    socket
      .once('connect', () => say())
      .once('error', ({ message }) => say(message))
      .once('timeout', () => say(`no connection within ${timeout} ms`));
  });
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
