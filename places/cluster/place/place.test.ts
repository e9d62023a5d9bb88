import { describe, expect, test } from '@jest/globals';
import type { Kubectl } from '../kubectl/kubectl.ts';
import { recorded } from '../testing/recorded.ts';
import { clusterCallers } from './callers.ts';
import { killContainer, logsOf, metricsOf, podObjects, stateOf } from './pods.ts';
import { namesIn, resetToBase } from './reset.ts';
import { sqlInPod } from './sql.ts';

type Answer = [words: RegExp, says: string | object | Error];

/** A kubectl that gives the first answer that fits the words, and keeps what it was asked and given on standard input. */
function fakeKubectl(...answers: Answer[]) {
  const seen = { calls: [] as string[], stdin: '' };
  const output = async (args: readonly string[], stdin = '') => {
    const words = args.join(' ');
    seen.calls.push(words);
    seen.stdin += stdin;
    const says = answers.find(([pattern]) => pattern.test(words))?.[1] ?? new Error(`no answer to: ${words}`);
    if (says instanceof Error) throw says;
    return typeof says === 'string' ? says : JSON.stringify(says);
  };
  const json = async (...args: string[]) => JSON.parse(await output(args));
  return { seen, kubectl: { output, json } as unknown as Kubectl };
}

const [billing, , postgres] = recorded().pods.items;
const BILLING = billing!.metadata.name;
const EXEC = `exec -i ${BILLING} -c billing -- node --input-type=module -`;
const described: Answer = [/^get pod billing-/, billing!];
const ended = (code: number) => new Error(`kubectl exec ended with ${code}:\n`);

describe('pods of a cluster', () => {
  test('When pods are listed, then each has its readiness and its restarts, and terminating ones are left out', async () => {
    const { items } = recorded().pods;
    items[0]!.status.containerStatuses = [
      { name: 'billing', image: 'i', ready: false, restartCount: 2 },
      { name: 'istio-proxy', image: 'i', ready: true, restartCount: 1 },
    ];
    items[1]!.metadata.deletionTimestamp = '2026-11-24T13:00:00Z';
    const pods = await podObjects(fakeKubectl([/^get pods$/, { items }]).kubectl);
    expect(pods.map(stateOf).map(({ name, ready, restarts }) => [name, ready, restarts])).toEqual([
      [BILLING, false, 3],
      ['postgres-0', true, 0],
    ]);
  });

  test.each([137, 143])('When an app is killed and kubectl ends with %i, then that is no failure', async (code) => {
    const { seen, kubectl } = fakeKubectl(described, [/^exec/, ended(code)]);
    await killContainer(kubectl, BILLING);
    expect([seen.calls.at(-1), seen.stdin]).toEqual([EXEC, expect.stringContaining("process.kill(1, 'SIGUSR1')")]);
  });

  test('When PostgreSQL is killed, then it gets SIGQUIT', async () => {
    const { seen, kubectl } = fakeKubectl([/^get pod postgres-0/, postgres!], [/^exec/, '']);
    await killContainer(kubectl, 'postgres-0');
    expect(seen.calls.at(-1)).toBe('exec -i postgres-0 -c postgres -- kill -QUIT 1');
  });

  test('When a pod cannot be killed, then it throws', async () => {
    await expect(killContainer(fakeKubectl(described, [/^exec/, ended(1)]).kubectl, BILLING)).rejects.toThrow(/with 1/);
  });

  test('When an app has been restarted, then its logs begin with those from before the restart', async () => {
    const now: Answer = [/^logs billing-\S+ -c billing$/, 'new\n'];
    expect(await logsOf(fakeKubectl(described, [/--previous$/, 'old\n'], now).kubectl, BILLING)).toBe('old\nnew\n');
    expect(await logsOf(fakeKubectl(described, [/--previous$/, ended(1)], now).kubectl, BILLING)).toBe('new\n');
  });

  test('When metrics are asked for, then they are read inside the app’s container', async () => {
    const { seen, kubectl } = fakeKubectl(described, [/^exec/, 'up 1\n']);
    expect(await metricsOf(kubectl, BILLING)).toBe('up 1\n');
    expect([seen.calls.at(-1), seen.stdin]).toEqual([EXEC, expect.stringContaining('http://127.0.0.1:8080/metrics')]);
  });
});

test('When a cluster is reset, then the base is applied, and what a lesson has added is deleted, but nothing of the overlay', async () => {
  const base = namesIn('virtualservice.networking.istio.io/trace-api created\nservice/billing unchanged\n');
  const there = 'virtualservice.networking.istio.io/trace-api\nserviceentry.networking.istio.io/lesson\n';
  const answers: Answer[] = [
    [/^apply -k \S+istio\/base$/, 'a unchanged\n'],
    [/^get /, there],
    [/^delete/, 'deleted\n'],
  ];
  const { seen, kubectl } = fakeKubectl(...answers);
  expect(await resetToBase({ cluster: kubectl, shop: kubectl }, base)).toBe('a unchanged\ndeleted\n');
  expect(seen.calls.slice(2)).toEqual(['delete serviceentry.networking.istio.io/lesson']);
});

test('When a cluster’s database is queried, then psql in its pod gets the values quoted', async () => {
  const { seen, kubectl } = fakeKubectl([/^exec -i postgres-0 -c postgres -- psql .* -d billing$/, [{ n: 1 }]]);
  expect(await sqlInPod(kubectl)('billing', 'select $1, $2, $3', ["it's", 2, null])).toEqual([{ n: 1 }]);
  expect(seen.stdin).toContain("execute question('it''s', 2, null);");
});

test('When callers start in a cluster, then each is a pod with its service account, and the namespace outside the mesh is created', async () => {
  const { seen, kubectl } = fakeKubectl([/^apply -f -$/, ''], [/ wait /, '']);
  await clusterCallers(kubectl).start({ account: 'billing' }, 'uninjected namespace');
  expect(seen.calls.slice(1)).toEqual([
    '-n shop wait --for=condition=Ready pod/caller-billing --timeout=120s',
    '-n outside-the-mesh wait --for=condition=Ready pod/caller-outside --timeout=120s',
  ]);
  expect(seen.stdin.match(/^kind: .*$/gm)).toEqual(['kind: Namespace', 'kind: Pod', 'kind: Pod']);
  expect(seen.stdin).toContain('serviceAccountName: billing');
});
