import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { runProgram } from '../program.ts';

/** The namespace that the shop has in a cluster. */
export const NAMESPACE = 'shop';

/** kubectl on the cluster that KUBECONFIG names, in the shop's namespace unless the words say another. */
export function kubectl(words: readonly string[], input?: string): Promise<string> {
  return runProgram('kubectl', ['-n', NAMESPACE, ...words], { input });
}

/** What `kubectl get … -o json` lists. */
export async function list<Item>(...words: string[]): Promise<Item[]> {
  return (JSON.parse(await kubectl(['get', ...words, '-o', 'json'])) as { items: Item[] }).items;
}

export interface Forward {
  url: string;
  stop(): void;
}

/** A port of a Deployment or Service at a free port of this machine. Not for the gateway: what enters so bypasses the sidecar. */
export async function forward(target: string, port: number, namespace: string): Promise<Forward> {
  const child: ChildProcess = spawn('kubectl', ['-n', namespace, 'port-forward', target, `:${port}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => child.kill());
  let printed = '';
  child.stdout!.on('data', (chunk) => (printed += chunk));
  child.stderr!.on('data', (chunk) => (printed += chunk));
  for (let tries = 0; tries < 400 && child.exitCode === null; tries++) {
    const local = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(printed)?.[1];
    if (local) return { url: `http://127.0.0.1:${local}`, stop: () => void child.kill() };
    await wait(50);
  }
  child.kill();
  throw new Error(`kubectl port-forward ${target} ${port}: ${printed || 'no answer within 20 s'}`);
}
