import { METRICS } from '../../http.ts';
import type { PodState } from '../../place.ts';
import type { Kubectl } from '../kubectl/kubectl.ts';
import type { List, Pod } from '../kubectl/objects.ts';

/** Pods of kubectl's namespace that are not terminating. */
export async function podObjects(kubectl: Kubectl): Promise<Pod[]> {
  const { items } = await kubectl.json<List<Pod>>('get', 'pods');
  return items.filter(({ metadata }) => !metadata.deletionTimestamp);
}

export function stateOf({ metadata, status: { containerStatuses = [] } }: Pod): PodState {
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    labels: metadata.labels ?? {},
    ready: containerStatuses.length > 0 && containerStatuses.every(({ ready }) => ready),
    restarts: containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
  };
}

/** The application's container of a pod: the one that injection did not add. */
async function appContainer(kubectl: Kubectl, pod: string): Promise<string> {
  const { spec } = await kubectl.json<Pod>('get', 'pod', pod);
  return (spec.containers.find(({ name }) => name !== 'istio-proxy') ?? spec.containers[0]!).name;
}

/** The command that runs the program on its standard input, in a container of ours. */
const NODE = ['node', '--input-type=module', '-'];

/** Ends process 1 at once. The kernel lets no signal from inside a container kill its process 1, but Node's inspector can end it. */
const END_PROCESS_1 = `
setTimeout(() => process.exit(1), 20_000).unref();
process.kill(1, 'SIGUSR1');
const [{ webSocketDebuggerUrl }] = await (async function find() {
  return fetch('http://127.0.0.1:9229/json').then((r) => r.json(), () => new Promise((r) => setTimeout(r, 20)).then(find));
})();
const socket = new WebSocket(webSocketDebuggerUrl);
socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: 'setTimeout(() => process.reallyExit(137), 100)' } }));
socket.onmessage = () => process.exit(); // a process waits for its debugger to detach
`;

/**
 * Kills the application's container as SIGKILL does, and does not wait for its restart. PostgreSQL handles signals as
 * process 1, so it gets SIGQUIT: it ends at once, without a checkpoint.
 */
export async function killContainer(kubectl: Kubectl, pod: string): Promise<void> {
  const container = await appContainer(kubectl, pod);
  const exec = ['exec', '-i', pod, '-c', container, '--'];
  const words = container === 'postgres' ? [...exec, 'kill', '-QUIT', '1'] : [...exec, ...NODE];
  // The command ends with the container, which is no failure.
  await kubectl.output(words, END_PROCESS_1).catch((error: Error) => {
    if (!/137|143|terminated|not found|command terminated/.test(error.message)) throw error;
  });
}

/** The log of a pod's application since the start before its last one. */
export async function logsOf(kubectl: Kubectl, pod: string): Promise<string> {
  const words = ['logs', pod, '-c', await appContainer(kubectl, pod)];
  const before = await kubectl.output([...words, '--previous']).catch(() => '');
  return before + (await kubectl.output(words));
}

const READ_METRICS = `
const response = await fetch('http://127.0.0.1:${METRICS.port}${METRICS.path}', { headers: { accept: 'text/plain' }, signal: AbortSignal.timeout(10_000) });
process.stdout.write(await response.text());
process.exitCode = response.ok ? 0 : 1;
`;

/** Reads the metrics inside the application's container: the sidecar rejects plaintext from outside. */
export async function metricsOf(kubectl: Kubectl, pod: string): Promise<string> {
  return kubectl.output(['exec', '-i', pod, '-c', await appContainer(kubectl, pod), '--', ...NODE], READ_METRICS);
}
