import { join } from 'node:path';
import { ContainerConfigError, type DataReader } from '../programs/env.ts';
import type { Guard } from '../processes/guard.ts';
import { query } from '../../query.ts';
import { startPostgresServer } from './start-server.ts';
import type { RunningProgram } from '../processes/process.ts';
import type { Container, PodTemplate } from '@tuesday/mesh/manifests';
import { UnusableData } from './failure-sentence.ts';

export interface PostgresPod {
  name: string;
  template: PodTemplate;
  env: Record<string, string>;
  port: number;
  log: string;
  /** Folder of the volume claims. */
  claims: string;
  data: DataReader;
  guard: Guard;
  /** Once aborted, a start ends at once. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs in the place of the official image of PostgreSQL: data in the pod's claim, the superuser's password from POSTGRES_PASSWORD, and the
 * .sql files of /docker-entrypoint-initdb.d run on new data. The package has no pg_isready, so its check is a query.
 * Throws ContainerConfigError without a password, and where the data have another password or are of another version of PostgreSQL; one
 * sentence when the server does not start for another reason.
 */
export async function runPostgres(pod: PostgresPod): Promise<RunningProgram> {
  const { name, template, env, port, log, claims, data, guard, signal } = pod;
  const password = env['POSTGRES_PASSWORD'];
  if (!password) throw new ContainerConfigError('the image postgres needs POSTGRES_PASSWORD');
  const folder = join(claims, name);
  // One statement at a time: several in one query are a transaction, and `create database` is not allowed in one.
  const statements = initFiles(template, data)
    .flatMap((file) => file.split(/;\s*$/m))
    .filter((text) => text.trim());
  const prepare = async (url: string) => void (await query(url, statements));
  const passwordFrom = sourceOf(template.spec.containers[0]!, 'POSTGRES_PASSWORD');
  const options = { folder, port, password, passwordFrom, log, prepare, guard, signal };
  const server = await startPostgresServer(options).catch((error: unknown) => {
    throw error instanceof UnusableData ? new ContainerConfigError(error.message) : error;
  });
  // On SIGTERM PostgreSQL would wait until every client has left. The official image is stopped by SIGINT instead.
  const kill = (signal: NodeJS.Signals) => server.kill(signal === 'SIGTERM' ? 'SIGINT' : signal);
  return { pid: server.pid, exited: server.exited, kill, check: () => answers(server.url) };
}

/** Where the value of a variable stands, as a part of a sentence. */
function sourceOf({ env, envFrom }: Container, name: string): string {
  const key = env.find((variable) => variable.name === name)?.valueFrom?.secretKeyRef;
  if (key) return `The key ${key.key} of Secret ${key.name}`;
  const secret = envFrom.find(({ secretRef }) => secretRef)?.secretRef;
  return secret && !env.some((variable) => variable.name === name) ? `${name} of Secret ${secret.name}` : name;
}

function initFiles(template: PodTemplate, data: DataReader): string[] {
  const mount = template.spec.containers[0]!.volumeMounts.find(
    ({ mountPath }) => mountPath === '/docker-entrypoint-initdb.d',
  );
  const volume = template.spec.volumes.find(({ name }) => name === mount?.name);
  const files = volume?.secret
    ? data('Secret', volume.secret.secretName)
    : volume?.configMap
      ? data('ConfigMap', volume.configMap.name)
      : {};
  return Object.entries(files ?? {})
    .filter(([file]) => file.endsWith('.sql'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sql]) => sql);
}

function answers(url: string): Promise<boolean> {
  return query(url, ['select 1'], 1_000).then(
    () => true,
    () => false,
  );
}
