import { Failure } from '../../failure.ts';
import { createTool, sentence } from './tool.ts';
import type { Tool } from './tool.ts';

/** The cluster that KUBECONFIG names, through the kubectl on PATH. */
export interface Kubectl extends Tool {
  /** The name of the current context. Throws Failure where there is none. */
  context(): Promise<string>;
  /** The output of `-o json`. Throws Failure, also for an API server that does not answer. */
  json<T>(...args: string[]): Promise<T>;
}

export interface KubectlOptions {
  env: Record<string, string | undefined>;
  /** The namespace of every call that names no other; kubectl's current one where this is left out. */
  namespace?: string;
}

/** The command to type when the API server does not answer. */
export const CHOOSE_CLUSTER = 'kubectl config get-contexts   (and then: kubectl config use-context NAME)';

export function createKubectl({ env, namespace }: KubectlOptions): Kubectl {
  const tool = createTool('kubectl', { env, prefix: namespace === undefined ? [] : ['-n', namespace] });

  async function context(): Promise<string> {
    const { code, stdout } = await tool.run(['config', 'current-context']);
    if (code === 0) return stdout.trim();
    throw new Failure('kubectl has no current context, so it is not known which cluster is meant.', CHOOSE_CLUSTER);
  }

  async function json<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await tool.run([...args, '-o', 'json']);
    if (/^error from server \(forbidden\)/im.test(stderr))
      throw new Failure(`This needs a look that you are not allowed: ${sentence(stderr)}`, 'kubectl auth can-i --list');
    if (code !== 0) throw new Failure(`The cluster does not answer: ${sentence(stderr)}`, CHOOSE_CLUSTER);
    // With --ignore-not-found kubectl prints nothing where it finds nothing.
    return (stdout.trim() === '' ? { items: [] } : JSON.parse(stdout)) as T;
  }

  return { ...tool, context, json };
}
