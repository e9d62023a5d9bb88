import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { loadTree } from '../../../test/manifests/tree.ts';
import { kubectl, withTools } from '../testing/fake-tools.ts';
import type { Answer } from '../testing/fake-tools.ts';
import { installIstio, printInstall } from './install.ts';

const context = kubectl('config current-context', 'kind-shop\n');
const helm = (rest: Partial<Answer> = {}): Answer => ({ tool: 'helm', args: '*', outputs: [''], ...rest });
const install = (answers: Answer[]) => withTools(answers, installIstio);

describe('install', () => {
  test('When Helm is there, then both charts are installed, pinned, the second with our configuration', async () => {
    const { code, calls, stdin } = await install([context, helm()]);
    expect(code).toBe(0);
    const [base, istiod] = calls.filter((call) => call.startsWith('helm'));
    expect(base).toMatch(/^helm upgrade --install istio-base \S+\/base --version 1\.31\.0 .*--create-namespace$/);
    expect(istiod).toMatch(
      /^helm upgrade --install istiod \S+\/istiod --version 1\.31\.0 .*istio\/install\/values\.yaml --values -$/,
    );
    expect(JSON.parse(stdin)).toEqual({ meshConfig: parse(loadTree().files.get('istio/mesh-config.yaml')!) });
  });

  test('When the commands are only printed, then nothing is run', async () => {
    const { code, out, calls } = await withTools([context, helm()], async (terminal) => printInstall(terminal));
    expect({ code, calls }).toEqual({ code: 0, calls: [] });
    expect(out.match(/helm upgrade --install/g)).toHaveLength(2);
  });

  test.each<[what: string, answers: Answer[], says: string, mend: string]>([
    ['Helm is not there', [context], 'helm is not on PATH.', 'see https://helm.sh/docs/intro/install/'],
    [
      'there is no cluster',
      [{ ...kubectl('config current-context'), code: 1 }, helm()],
      'kubectl has no current context',
      'kubectl config get-contexts',
    ],
    [
      'Istio was not installed by Helm',
      [
        context,
        helm({
          stderr: 'Error: unable to continue with install: invalid ownership metadata; label validation error\n',
          code: 1,
        }),
      ],
      'Istio is in this cluster already, and Helm did not put it there.',
      'istioctl uninstall --purge -y',
    ],
    [
      'the charts cannot be fetched',
      [context, helm({ stderr: 'Error: failed to do request: dial tcp: lookup ghcr.io: no such host\n', code: 1 })],
      'helm could not install istio-base: failed to do request: dial tcp: lookup ghcr.io: no such host.',
      'kubectl -n istio-system get pods',
    ],
  ])('When %s, then it says so, and what mends it', async (_, answers, says, mend) => {
    const { code, err } = await install(answers);
    expect(code).toBe(1);
    expect(err).toContain(says);
    expect(err).toContain(`Mend it: ${mend}`);
  });
});
