import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { all, cluster, ready, starting } from '../../../places/cluster/testing/deploying.ts';
import { type Answer, kubectl, withTools } from '../../../places/cluster/testing/fake-tools.ts';
import { healthy } from '../../../places/cluster/testing/recorded.ts';
import { ROOT } from '../../../places/repository.ts';
import { run } from '../../program.ts';
import { stringCli } from '../../testing/run-cli.ts';

/** Runs one command line, e.g. `deploy --timeout 7`, with tools that answer. */
function onCluster(answers: readonly Answer[], ...words: string[]) {
  return withTools(answers, (terminal) => {
    const cli = { ...stringCli({ state: '/nowhere' }), ...terminal };
    return run(cli, () => Promise.reject(new Error('nothing is started here')), ['cluster', ...words]);
  });
}

const text = (file: string) => readFileSync(`${ROOT}${file}`, 'utf8');

describe('preflight', () => {
  test('When the cluster has everything, then the last line says what is next', async () => {
    const { code, out, err } = await onCluster(healthy(), 'preflight');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').slice(-3)).toEqual([
      '✓ storage    class standard is the default',
      'Ready for the shop: npm run k8s:deploy',
      '',
    ]);
  });
});

describe('deploy', () => {
  test('When the preflight fails, then nothing is applied', async () => {
    const broken = healthy(({ istiod }) => void (istiod.items = []));
    const { code, err, calls } = await onCluster([...broken, ...cluster([])], 'deploy');
    expect(code).toBe(1);
    expect(err).toContain('\nMend it: npm run istio:install\n');
    expect(calls.filter((call) => call.includes('apply'))).toEqual([]);
  });

  test('When the preflight passes, then the overlay is applied after it', async () => {
    const { code, out, calls } = await onCluster(cluster([all(ready)]), 'deploy');
    expect(code).toBe(0);
    expect(out).toMatch(/^✓ cluster .*\n(✓ .*\n){6}3 objects: 2 created, 1 configured\n/);
    expect(calls.findIndex((call) => call.startsWith('kubectl apply -k '))).toBeGreaterThan(7);
  });

  test('When the preflight is switched off, then only the shop is applied', async () => {
    const { code, calls } = await onCluster(cluster([all(ready)]), 'deploy', '--no-preflight');
    expect(code).toBe(0);
    expect(calls[0]).toMatch(/^kubectl apply -k /);
  });

  test.each([['7'], ['7s']])('When the timeout is %s, then it waits that long', async (timeout) => {
    const { code, err } = await onCluster(cluster([all(starting())]), 'deploy', '--timeout', timeout);
    expect(code).toBe(1);
    expect(err).toContain('Not ready after 7 s: billing-v1.\nMend it: kubectl -n shop get events');
  });

  test.each([
    [['--timeout', 'soon'], "option '--timeout <seconds>' argument 'soon' is invalid. It must be a duration"],
    [['--force'], "unknown option '--force'"],
    [['k8s/overlays/local'], 'too many arguments'],
  ])('When the command is %j, then nothing is done', async (words, says) => {
    const { code, err, calls } = await onCluster(cluster([]), 'deploy', ...words);
    expect({ code, calls }).toEqual({ code: 1, calls: [] });
    expect(err).toContain(`error: ${says}`);
    expect(err).toMatch(/\nMend it: npx tuesday cluster deploy --help\n$/);
  });
});

test.each([
  [['delete', '-k', 'a'], 'delete -k * --ignore-not-found *', /There was nothing to delete\./],
  [
    ['images', 'load', '--to', 'containerd', '--node', 'a', '--node', 'b', 'x:1'],
    '*',
    /Loading 1 images into containerd of a, b\./,
  ],
  [['istio', 'install', '--print'], '*', /helm upgrade --install istio-base/],
])('When the command is %j, then it runs', async (words, args, output) => {
  const tools = ['docker', 'ssh'].map((tool) => ({ tool, args: '*', outputs: [''] }));
  const answers = [kubectl('config current-context', 'kind-shop\n'), kubectl('config view *', 'x'), kubectl(args, '')];
  const { code, out, err } = await onCluster([...answers, ...tools], ...words);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(output);
});

test('When a command does not exist, then the existing ones are listed', async () => {
  const { code, err } = await onCluster([], 'destroy');
  expect(code).toBe(1);
  expect(err).toMatch(/^error: unknown command 'destroy'/);
  for (const name of ['preflight', 'istio', 'images', 'deploy', 'delete']) expect(err).toMatch(`\n  ${name} `);
});

const SCRIPTS = {
  'k8s:preflight': 'preflight',
  'k8s:deploy': 'deploy',
  'k8s:delete': 'delete',
  'images:load': 'images load',
  'istio:install': 'istio install',
};
test.each(Object.entries(SCRIPTS))('When npm run %s is typed, then it is cluster %s', async (script, words) => {
  const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
  expect(scripts[script]).toBe(`node cli/tuesday.mjs cluster ${words}`);
  const { code, out } = await onCluster([], ...words.split(' '), '--help');
  expect(code).toBe(0);
  expect(out).toContain(`Usage: tuesday cluster ${words} `);
});

const documented = text('docs/kubernetes.md').matchAll(
  /npm run (k8s:\w+|images:load|istio:install)(?: -- ([^`\n#&|]+))?/g,
);
test.each([...documented].map(([line, script, rest = '']) => [line, script, rest] as const))(
  'When `%s` of the document is typed, then its options are known',
  async (_, script, rest) => {
    const words = [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
    const { err } = await onCluster([], ...SCRIPTS[script as keyof typeof SCRIPTS].split(' '), ...words);
    expect(err).not.toMatch(/^error:/);
  },
);
