import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { docker, dockerEnvironment, ROOT } from './images/docker.ts';
import { askAt, tracesBy } from './jaeger.ts';
import { freePort } from './local.ts';
import type { PodState, Shop } from './shop.ts';
import { query } from './sql.ts';
import { makeMissing } from './standins.ts';

const run = promisify(execFile);

const noMesh = (): Promise<never> =>
  Promise.reject(
    new Error('Compose has no mesh: there is nothing that Istio files could change, and nobody has an identity.'),
  );

/**
 * The shop of docker-compose.yml as a project of its own, on free ports; ready when every health check is content. Images
 * that are missing are built, or made as stand-ins where the test cluster's tools are. Throws with what compose said.
 */
export async function startComposeShop(): Promise<Shop> {
  const project = `tuesday-${randomBytes(4).toString('hex')}`;
  const [port, jaegerPort] = [await freePort(), await freePort()];
  const env = { ...(await dockerEnvironment()), PORT: `${port}`, JAEGER_PORT: `${jaegerPort}` };
  await makeMissing(env);
  const compose = (...words: string[]) => docker(env, 'compose', '--project-name', project, ...words);
  const down = () => compose('down', '--volumes', '--timeout', '5');
  await compose('up', '--wait', '--build', '--quiet-pull').catch(async (error: Error) => {
    const logs = await compose('logs', '--tail', '20').catch(() => '');
    await down().catch(() => undefined);
    throw new Error(`${error.message}\n${logs}`);
  });
  const inspect = async (pod: string) =>
    (JSON.parse(await docker(env, 'inspect', `${project}-${pod}-1`)) as [Inspected])[0];

  return {
    url: `http://127.0.0.1:${port}`,
    apply: noMesh,
    delete: noMesh,
    reset: () => Promise.resolve(),
    pods: async () => {
      const names = (await compose('ps', '--all', '--services')).split('\n').sort();
      return Promise.all(names.map(async (name) => stateOf(name, await inspect(name))));
    },
    kill: async (pod) => kill((await inspect(pod)).State),
    command: compose,
    sql: async (database, text, values) =>
      query({ host: addressOf(await inspect('postgres')), port: 5432, database, text, values }),
    logs: async (pod) => {
      const { stdout, stderr } = await run('docker', ['logs', `${project}-${pod}-1`], {
        env,
        cwd: ROOT,
        maxBuffer: 1e8,
      });
      return stdout + stderr;
    },
    callers: { place: noMesh, remove: noMesh, probe: noMesh },
    traces: tracesBy(askAt(`http://127.0.0.1:${jaegerPort}`)),
    [Symbol.asyncDispose]: async () => void (await down()),
  };
}

interface Inspected {
  RestartCount: number;
  Config: { Env: string[] };
  State: { Pid: number; Running: boolean; Health?: { Status: string } };
  NetworkSettings: { Networks: Record<string, { IPAddress: string }> };
}

/** A container as a pod: with the labels that its counterpart gets from the manifests, and gives to its process. */
function stateOf(name: string, { Config, RestartCount: restarts, State }: Inspected): PodState {
  const env = Object.fromEntries(Config.Env.map((line) => line.split('=', 2) as [string, string]));
  const { SERVICE_NAME: app = name, SERVICE_VERSION: version } = env;
  const ready = State.Running && (State.Health?.Status ?? 'healthy') === 'healthy';
  return { name, namespace: 'shop', labels: { app, ...(version && { version }) }, ready, restarts };
}

/** Not `docker kill`: Docker takes that for the wish that it stays dead. What is down already is left alone. */
function kill({ Pid }: Inspected['State']): void {
  if (Pid === 0) return; // to the system 0 means ourselves and everybody started with us
  try {
    process.kill(Pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Docker on Linux lets the host talk to a container directly. */
function addressOf({ NetworkSettings }: Inspected): string {
  const address = Object.values(NetworkSettings.Networks)[0]?.IPAddress;
  if (!address) throw new Error('PostgreSQL is not running.');
  return address;
}
