import { afterAll, expect, test } from '@jest/globals';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sendSignal, sendSignalToGroup } from '../../../setup/processes/signal.mjs';
import { allocatePort } from '../network/ports.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { deployment, overlay, service } from '../testing/manifests.ts';
import { INJECTED, gatewayTo, testEnvoy } from '../testing/mesh.ts';
import { processIds, readProcess, statFields } from './proc.ts';

const RUN = fileURLToPath(new URL('../testing/run.ts', import.meta.url));
const isLinux = existsSync('/proc/self/environ');

/** Processes, the runner left out, that carry the state folder in their environment or command line. */
function left(state: string, runner?: number): number[] {
  const text = (pid: number) => `${readProcess(pid, 'environ')}\0${readProcess(pid, 'cmdline')}`;
  const found = isLinux ? processIds().filter((pid) => text(pid).includes(dirname(state))) : leftByPs(dirname(state));
  return found.filter((pid) => pid !== process.pid && pid !== runner);
}

function leftByPs(mark: string): number[] {
  const rows = execFileSync('ps', ['-axwwE', '-o', 'pid=,command='], { encoding: 'utf8' }).split('\n');
  return rows.filter((row) => row.includes(mark)).map((row) => Number.parseInt(row, 10));
}

const POSTGRES = `apiVersion: v1
kind: Secret
metadata: { name: init }
stringData: { a.sql: "create role guest login password 'guest';\\ncreate database guests owner guest;" }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers:
        - name: postgres
          image: postgres:18
          ports: [{ containerPort: 5432 }]
          env: [{ name: POSTGRES_PASSWORD, value: secret }]
          readinessProbe: { exec: { command: [pg_isready] }, periodSeconds: 1 }
          volumeMounts: [{ name: init, mountPath: /docker-entrypoint-initdb.d }]
      volumes: [{ name: init, secret: { secretName: init } }]
`;

const { overlay: folder, state } = overlay([POSTGRES, deployment(), service('web')]);
// Root lends PostgreSQL another user: its data stay where the test sees them if that user may pass.
chmodSync(dirname(state), 0o755);
mkdirSync(state, { mode: 0o755 });
// Its pods ignore SIGTERM: what ends them is the guard.
const stubborn = deployment({ app: 'deaf', container: '' }).replace(
  'env:\n',
  'env:\n            - { name: STUBBORN, value: "1" }\n',
);
const deaf = overlay([stubborn]);

const meshed = { ...overlay([INJECTED, deployment(), service('web'), gatewayTo('web')]), envoy: testEnvoy() };

const started: ChildProcess[] = [];
afterAll(async () => started.forEach((child) => child.kill('SIGKILL')));

async function start(where: { overlay: string; state: string; envoy?: string }): Promise<ChildProcess> {
  const { overlay, state, envoy } = where;
  const args = [RUN, overlay, state, `${await allocatePort()}`, ...(envoy ? [envoy] : [])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  started.push(child);
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  await eventually(() => {
    if (child.exitCode !== null) throw new Error(said);
    return /^ready$/m.test(said);
  }, 30_000);
  return child;
}

const nothingLeft = (where = state) => eventually(() => left(where).length === 0);

test('When the runner is killed, then no process is left, and the next start has PostgreSQL and its data', async () => {
  const runner = await start({ overlay: folder, state });
  // PostgreSQL and the stub: backends carry other names.
  expect(left(state, runner.pid)).toHaveLength(2);
  runner.kill('SIGKILL');
  await nothingLeft();
  const again = await start({ overlay: folder, state });
  again.kill('SIGKILL');
  await nothingLeft();
}, 60_000);

test('When the next runner starts at once after a killed one, then it takes over', async () => {
  const runner = await start({ overlay: folder, state });
  runner.kill('SIGKILL');
  await once(runner, 'exit');
  const again = await start({ overlay: folder, state });
  again.kill('SIGKILL');
  await nothingLeft();
}, 60_000);

test('When pods ignore SIGTERM, then the guard still ends them', async () => {
  const runner = await start(deaf);
  runner.kill('SIGKILL');
  await nothingLeft(deaf.state);
}, 60_000);

test('When the whole session gets the signals of a closed terminal, then no process is left', async () => {
  const runner = await start(deaf);
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) sendSignalToGroup(runner.pid, signal);
  await nothingLeft(deaf.state);
}, 60_000);

test('When a runner with a mesh is killed, then its Envoys end as well, and the next one starts', async () => {
  const runner = await start(meshed);
  // The stub, its sidecar and the gateway.
  expect(left(meshed.state, runner.pid)).toHaveLength(3);
  runner.kill('SIGKILL');
  await nothingLeft(meshed.state);
  const again = await start(meshed);
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) sendSignalToGroup(again.pid, signal);
  await nothingLeft(meshed.state);
}, 60_000);

// Only Linux tells which processes carry the mark.
if (isLinux)
  test.each([
    ['', deaf],
    [' with a mesh', meshed],
  ])(
    'When the guard is killed together with the runner%s, then the next start ends what they left',
    async (_, where) => {
      const runner = await start(where);
      const [guard] = left(dirname(fileURLToPath(import.meta.url)), undefined).filter(
        (pid) => statFields(pid)[1] === `${runner.pid}` && readProcess(pid, 'cmdline').includes('guard.sh'),
      );
      sendSignal(guard!, 'SIGKILL');
      runner.kill('SIGKILL');
      await once(runner, 'exit');
      const orphans = left(where.state);
      expect(orphans.length).toBeGreaterThan(0);
      const again = await start(where);
      expect(left(where.state, again.pid).filter((pid) => orphans.includes(pid))).toEqual([]);
      again.kill('SIGKILL');
      await nothingLeft(where.state);
      expect(existsSync(join(where.state, 'runner.json'))).toBe(true);
    },
    60_000,
  );
