import type { PodState } from '../shop.ts';
import { kubectl, list } from './kubectl.ts';

interface Status {
  name: string;
  ready: boolean;
  restartCount: number;
}

/** A pod, as far as the suite reads it. */
export interface PodObject {
  metadata: {
    name: string;
    namespace: string;
    labels: Record<string, string>;
    annotations?: Record<string, string>;
    deletionTimestamp?: string;
  };
  spec: {
    serviceAccountName?: string;
    containers: { name: string; image: string; ports?: { name?: string; containerPort: number }[] }[];
    initContainers?: { name: string; restartPolicy?: string }[];
  };
  status: { podIP?: string; phase: string; containerStatuses?: Status[] };
}

/** Pods that are not on their way out. */
export async function podObjects(selector?: string): Promise<PodObject[]> {
  const pods = await list<PodObject>('pods', ...(selector ? ['-l', selector] : []));
  return pods.filter(({ metadata }) => !metadata.deletionTimestamp);
}

export function stateOf({ metadata, status: { containerStatuses = [] } }: PodObject): PodState {
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    labels: metadata.labels,
    ready: containerStatuses.length > 0 && containerStatuses.every(({ ready }) => ready),
    restarts: containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
  };
}

/** The app's container: the one that injection did not bring. */
export function appContainer({ spec }: PodObject): string {
  return (spec.containers.find(({ name }) => name !== 'istio-proxy') ?? spec.containers[0]!).name;
}

/** Ends PID 1 at once, without a word to anybody. Inside its own namespace the kernel lets no signal do that: Node's inspector can. */
const DIE = `
process.kill(1, 'SIGUSR1');
const [{ webSocketDebuggerUrl }] = await (async function find() {
  return fetch('http://127.0.0.1:9229/json').then((r) => r.json(), () => new Promise((r) => setTimeout(r, 20)).then(find));
})();
const socket = new WebSocket(webSocketDebuggerUrl);
socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: 'setTimeout(() => process.reallyExit(137), 100)' } }));
socket.onmessage = () => process.exit(); // with a debugger attached, the process would wait for it to leave
`;

/** Kills the app's container as a SIGKILL would; its restart is not awaited. PostgreSQL, whose PID 1 listens to it, gets SIGQUIT: at once, without a checkpoint. */
export async function killContainer(name: string): Promise<void> {
  const pod = JSON.parse(await kubectl(['get', 'pod', name, '-o', 'json'])) as PodObject;
  const container = appContainer(pod);
  const exec = ['exec', '-i', name, '-c', container, '--'];
  const words =
    container === 'postgres' ? [...exec, 'kill', '-QUIT', '1'] : [...exec, 'node', '--input-type=module', '-'];
  // The command dies with the container, which is not a failure of the killing.
  await kubectl(words, DIE).catch((error: Error) => {
    if (!/137|143|terminated|not found|command terminated/.test(error.message)) throw error;
  });
}

/** What a pod's app has logged, in this life and the one before. */
export async function logsOf(name: string): Promise<string> {
  const pod = JSON.parse(await kubectl(['get', 'pod', name, '-o', 'json'])) as PodObject;
  const words = ['logs', name, '-c', appContainer(pod)];
  const before = await kubectl([...words, '--previous']).catch(() => '');
  return before + (await kubectl(words));
}
