import { CHOOSE_CLUSTER } from '../kubectl/kubectl.ts';
import { Failure } from '../../failure.ts';
import { sentence } from '../kubectl/tool.ts';
import type { Check } from './check.ts';

/** There is a cluster, and it answers. Nothing else can be looked at before. */
export const reachable: Check = {
  title: 'cluster',
  async look(kubectl) {
    const context = await kubectl.context();
    // The client's half is printed even where no server answers, with an exit code of 1.
    const { code, stdout, stderr } = await kubectl.run(['version', '-o', 'json']);
    if (code !== 0)
      throw new Failure(`The cluster of context ${context} does not answer: ${sentence(stderr)}`, CHOOSE_CLUSTER);
    const { serverVersion } = JSON.parse(stdout) as { serverVersion: { gitVersion: string } };
    return `Kubernetes ${serverVersion.gitVersion}, context ${context}`;
  },
};
