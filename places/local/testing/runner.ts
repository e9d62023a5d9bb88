import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { allocatePort } from '../network/ports.ts';
import { openSocket } from '../network/unix-socket.ts';
import { type Runner, type RunnerOptions, startRunner } from '../start.ts';
import { STUB_IMAGES } from './images.ts';
import { overlay } from './manifests.ts';
import { apiSocket } from '../processes/api-socket.ts';

export interface TestRunner extends AsyncDisposable {
  runner: Runner;
  state: string;
  /** The manifest that runs. */
  file: string;
  /** Asks the runner's socket: `ask('GET /status')`. A body that is JSON is parsed. */
  ask<T>(what: string, body?: object): Promise<{ status: number; body: T }>;
  /** Asks a ready pod of an app directly. */
  pod<T>(app: string, path: string): Promise<T>;
}

/** A runner in this process on a free port, with stub programs as pods, and with a mesh where an Envoy is given. Disposing stops it and removes its folders. */
export async function startTestRunner(
  documents: string[],
  envoy?: string,
  more: Pick<RunnerOptions, 'certificates'> = {},
): Promise<TestRunner> {
  const { state, file, overlay: folder } = overlay(documents);
  const options = { overlay: folder, state, port: await allocatePort(), namespace: 'shop', envoy };
  const runner = await startRunner({
    ...options,
    ...more,
    onProgress: () => undefined,
    images: STUB_IMAGES,
    exit: () => undefined,
  });
  return {
    runner,
    state,
    file,
    async ask<T>(what: string, body?: object) {
      const [method = '', path = ''] = what.split(' ');
      const answer = await openSocket(apiSocket(state), { method, path, body });
      const printed = await text(answer);
      const isJson = answer.headers['content-type']?.includes('json');
      return { status: answer.statusCode ?? 0, body: (isJson ? JSON.parse(printed) : printed) as T };
    },
    pod: async <T>(app: string, path: string) => {
      const ready = runner.pods.all().find((pod) => pod.ready && pod.labels['app'] === app);
      return (await (await fetch(`http://127.0.0.1:${ready?.ports.get(8080)}${path}`)).json()) as T;
    },
    [Symbol.asyncDispose]: async () => {
      await runner.stop();
      await rm(dirname(state), { recursive: true, force: true });
    },
  };
}
