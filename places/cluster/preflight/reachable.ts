import { CHOOSE_CLUSTER } from '../kubectl/kubectl.ts';
import { Failure } from '../../failure.ts';
import { sentence } from '../kubectl/tool.ts';
import type { Check } from './check.ts';

/** There is a cluster, and it answers. No other check can run before this one. */
export const reachable: Check = {
  title: 'cluster',
  async look(kubectl) {
    const context = await kubectl.context();
    // Where no server answers, kubectl prints the client's version and exits with 1.
    const { code, stdout, stderr } = await kubectl.run(['version', '-o', 'json']);
    if (code !== 0)
      throw new Failure(`The cluster of context ${context} does not answer: ${sentence(stderr)}`, CHOOSE_CLUSTER);
    const { serverVersion } = JSON.parse(stdout) as { serverVersion: { gitVersion: string } };
    return `Kubernetes ${serverVersion.gitVersion}, context ${context}`;
  },
};
