import { randomBytes } from 'node:crypto';
import { sendSignal } from '../../setup/processes/signal.mjs';
import { freePort } from '../free-port.ts';
import { askAt, METRICS, readMetrics } from '../http.ts';
import type { Place, PlaceOptions, PodState } from '../place.ts';
import { tryProgram } from '../program.ts';
import { NAMESPACE } from '../repository.ts';
import { databaseUrl, query } from '../query.ts';
import { jaegerAt, tracesFrom } from '../traces.ts';
import { docker } from './docker.ts';

const noMesh = (): Promise<never> =>
  Promise.reject(
    new Error('Compose has no mesh: there is nothing that Istio files could change, and no caller has an identity.'),
  );

/**
 * The shop of docker-compose.yml as a project of its own, on free ports; ready when every health check passes. Missing
 * images are built or pulled. Throws with the output of compose.
 */
export async function startComposePlace({ env: given }: PlaceOptions): Promise<Place> {
  const project = `tuesday-${randomBytes(4).toString('hex')}`;
  const [port, jaegerPort] = [await freePort(), await freePort()];
  const env = { ...given, PORT: `${port}`, JAEGER_PORT: `${jaegerPort}` };
  const compose = (...words: string[]) => docker(env, 'compose', '--project-name', project, ...words);
  const down = () => compose('down', '--volumes', '--timeout', '5');
  await compose('up', '--wait', '--build', '--quiet-pull').catch(async (error: Error) => {
    const logs = await compose('logs', '--tail', '20').catch(() => '');
    await down().catch(() => undefined);
    throw new Error(`${error.message}\n${logs}`);
  });
  const inspect = async (pod: string) =>
    (JSON.parse(await docker(env, 'inspect', `${project}-${pod}-1`)) as [Inspected])[0];
  const addressOf = async (pod: string) => addressIn(await inspect(pod), pod);
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    ask: askAt(url),
    apply: noMesh,
    delete: noMesh,
    reset: () => Promise.resolve(),
    pods: async () => {
      const names = (await compose('ps', '--all', '--services')).split('\n').sort();
      return Promise.all(names.map(async (name) => stateOf(name, await inspect(name))));
    },
    // Not `docker kill`: after it Docker does not restart the container.
    kill: async (pod) => {
      const { Running, Pid } = (await inspect(pod)).State;
      if (Running) sendSignal(Pid, 'SIGKILL');
    },
    logs: async (pod) => {
      const { stdout, stderr } = await tryProgram('docker', ['logs', `${project}-${pod}-1`], { env });
      return stdout + stderr;
    },
    metrics: async (pod) => {
      const container = await inspect(pod);
      return readMetrics(addressIn(container, pod), Number(environmentOf(container)['PORT'] ?? METRICS.port));
    },
    command: compose,
    sql: async (database, text, values = []) =>
      query(databaseUrl(await addressOf('postgres'), 5432, database), [{ text, values }]),
    callers: { start: noMesh, stop: noMesh, probe: noMesh },
    traces: tracesFrom(jaegerAt(`http://127.0.0.1:${jaegerPort}`)),
    [Symbol.asyncDispose]: async () => void (await down()),
  };
}

interface Inspected {
  RestartCount: number;
  Config: { Env: string[] };
  State: { Pid: number; Running: boolean; Health?: { Status: string } };
  NetworkSettings: { Networks: Record<string, { IPAddress: string }> };
}

/** A container as a pod, with the same labels as the pod in the manifests. */
function stateOf(name: string, container: Inspected): PodState {
  const { RestartCount: restarts, State } = container;
  const { SERVICE_NAME: app = name, SERVICE_VERSION: version } = environmentOf(container);
  const ready = State.Running && (State.Health?.Status ?? 'healthy') === 'healthy';
  return { name, namespace: NAMESPACE, labels: { app, ...(version && { version }) }, ready, restarts };
}

function environmentOf({ Config }: Inspected): Record<string, string> {
  return Object.fromEntries(Config.Env.map((line) => line.split('=', 2) as [string, string]));
}

/** A container's address; with Docker on Linux the host can connect to it. */
function addressIn({ NetworkSettings }: Inspected, pod: string): string {
  const address = Object.values(NetworkSettings.Networks)[0]?.IPAddress;
  if (!address) throw new Error(`The container of ${pod} is not running.`);
  return address;
}
