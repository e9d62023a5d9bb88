import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryProgram } from '../../places/program.ts';
import { ROOT } from '../../places/repository.ts';
import type { Part, Step } from './part.ts';

const FULL = { SIZE: 'full' };
const npm = (...words: string[]): readonly string[] => ['npm', ...words];

/** Everything, in full size. With a KUBECONFIG the cluster is that one, otherwise one that .ci/cluster starts. */
export function partsOf(env: NodeJS.ProcessEnv): readonly Part[] {
  const cluster: Step = env['KUBECONFIG']
    ? { command: npm('run', 'test:e2e'), env: { PLACE: 'kubernetes', ...FULL } }
    : { command: ['.ci/cluster'], env: FULL };
  return [
    { name: 'tests', steps: [{ command: npm('test'), env: FULL }] },
    { name: 'documents', steps: [{ command: npm('run', 'docs:check') }] },
    { name: 'conformance', steps: recordings(env), missing: recorder },
    { name: 'compose', steps: [{ command: ['.ci/compose'], env: FULL }], missing: () => lackedBy('.ci/compose') },
    {
      name: 'kubernetes',
      steps: [cluster],
      missing: async () =>
        env['KUBECONFIG']
          ? undefined
          : lackedBy('.ci/cluster').then((what) => what && `KUBECONFIG is not set, ${what}`),
    },
    { name: 'mutants', steps: [{ command: npm('run', 'test:mutants') }] },
    { name: 'flaky', steps: [{ command: npm('run', 'test:flaky', '--', '5') }] },
    { name: 'bench', steps: [{ command: npm('run', 'bench', '--', '--short') }] },
  ];
}

const RECORDER_FOLDER = 'test/conformance/recorder';

/** Records what Istio makes of the cases again; what is committed must not change. Then compares Istio's own files. */
function recordings(env: NodeJS.ProcessEnv): Step[] {
  const built = join(tmpdir(), 'tuesday-recorder');
  const build: Step = {
    command: ['go', 'build', '-trimpath', '-tags', 'vtprotobuf', '-o', built, '.'],
    env: { GOFLAGS: '-mod=mod', CGO_ENABLED: '0' },
    folder: RECORDER_FOLDER,
  };
  const given = env['RECORDER'];
  return [
    ...(given ? [] : [build]),
    { command: ['node', 'test/conformance/record.ts'], env: { RECORDER: given ?? built } },
    { command: ['git', 'diff', '--exit-code', '--stat', 'test/conformance/recordings'] },
    { command: ['node', 'test/conformance/istio-files/main.ts'], env: { RECORDER: given ?? built } },
  ];
}

/** The recorder is given, or there is a Go that is new enough to build it. */
async function recorder(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (env['RECORDER']) return undefined;
  const { code } = await tryProgram('go', ['list', '-m'], { env, cwd: join(ROOT, RECORDER_FOLDER) }).catch(() => ({
    code: 1,
  }));
  return code === 0 ? undefined : 'RECORDER is not set, and there is no Go to build it (test/conformance/README.md)';
}

/** What a script of .ci says that this machine lacks. */
async function lackedBy(script: string): Promise<string | undefined> {
  const { stdout } = await tryProgram(join(ROOT, script), ['--missing'], { env: process.env, cwd: ROOT });
  return stdout.trim().replace(/^PLACE=\w+ \((.*)\)$/, '$1') || undefined;
}
