import { afterAll, afterEach, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { podTemplateOf } from '@tuesday/mesh/manifests';
import { openLog } from '../processes/log-file.ts';
import { watchProbes } from './probes.ts';
import { startProcess } from '../processes/process.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { deployment } from '../testing/manifests.ts';
import { resource } from '../testing/pod.ts';

let status = 503;
const server = createServer((_req, res) => void res.writeHead(status).end()).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const { port } = server.address() as { port: number };
afterAll(async () => void server.close());
let failed: string[] = [];
let over = new AbortController();
afterEach(() => {
  over.abort();
  over = new AbortController();
  status = 503;
});

function watch(probes: string, check?: (command: string[], timeoutMs: number) => Promise<boolean>) {
  const text = deployment({ container: probes.replaceAll(/^/gm, '          ') });
  const lines = probes.includes('readinessProbe') || !probes ? text.replace(/ {10}readinessProbe.*\n/, '') : text;
  const { containers } = podTemplateOf(resource(lines))!.spec;
  const said: (boolean | string)[] = [];
  failed = [];
  const listener = {
    ready: (ready: boolean) => void said.push(ready),
    failed: (why: string) => void failed.push(why),
    unhealthy: (why: string) => void said.push(why),
    signal: over.signal,
  };
  void watchProbes({ container: containers[0]!, hostPort: () => port, ...(check && { check }) }, listener);
  return said;
}

test('When a container becomes ready, then that is seen within a fraction of its probe period', async () => {
  const said = watch('readinessProbe: { httpGet: { path: /, port: http }, periodSeconds: 60 }');
  await wait(150);
  expect(said).toEqual([]);
  status = 200;
  await eventually(() => said[0] === true);
});

test('When a readiness probe fails failureThreshold times, then the pod is not ready until it succeeds again', async () => {
  status = 200;
  const said = watch('readinessProbe: { tcpSocket: { port: http }, periodSeconds: 1 }');
  await eventually(() => said.length === 1);
  const http = watch('readinessProbe: { httpGet: { path: /, port: http }, periodSeconds: 1, failureThreshold: 2 }');
  await eventually(() => http.length === 1);
  status = 500;
  await wait(1_100);
  expect(http).toEqual([true]);
  await eventually(() => http.length === 2);
  status = 200;
  await eventually(() => http.length === 3);
  expect([said, http]).toEqual([[true], [true, false, true]]);
});

test('When the liveness probe fails, then the container is to be restarted, but not before its initial delay', async () => {
  const said = watch(
    'livenessProbe: { httpGet: { path: /, port: http }, initialDelaySeconds: 1, periodSeconds: 1, failureThreshold: 1 }',
  );
  await wait(1_500);
  expect(said).toEqual([]);
  await eventually(() => said.includes('failed liveness probe'));
});

test('When the startup probe gives up, then the container is to be restarted and was never asked for readiness', async () => {
  const said = watch('startupProbe: { httpGet: { path: /, port: http }, periodSeconds: 1, failureThreshold: 1 }');
  await eventually(() => said.length > 0);
  expect(said).toEqual(['failed startup probe']);
});

test('When a probe is a command, then it is run in the container and its exit code counts', async () => {
  const log = openLog('/dev/null');
  const { check, kill, exited } = startProcess(
    { file: '/bin/sleep', args: ['60'], env: { WORD: 'here', PATH: process.env['PATH'] ?? '' }, cwd: '/' },
    log,
  );
  expect(await check!(['/bin/sh', '-c', 'test "$WORD" = here'], 1_000)).toBe(true);
  expect(await check!(['/bin/sh', '-c', 'exit 1'], 1_000)).toBe(false);
  expect(await check!(['/bin/sleep', '5'], 50)).toBe(false);
  const said = watch(
    'readinessProbe: { exec: { command: [x, "y"] }, periodSeconds: 1 }',
    async (command) => command.join(' ') === 'x y',
  );
  await eventually(() => said[0] === true);
  kill('SIGKILL');
  await exited;
});
