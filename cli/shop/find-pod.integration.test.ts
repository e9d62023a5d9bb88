import { expect, test } from '@jest/globals';
import { Failure } from '../../places/failure.ts';
import { findPod } from './find-pod.ts';
import { fakeShop } from '../testing/fake-shop.ts';
import { deployment, pod } from '../testing/objects.ts';
import { runCli, stringCli } from '../testing/run-cli.ts';

const database = { ...deployment('postgres', 'v1'), kind: 'StatefulSet' };
database.metadata = { ...database.metadata, name: 'postgres' };
const OBJECTS = [
  deployment('billing', 'v1'),
  pod('billing', 'v1', { suffix: 'aaaaa', ready: false }),
  pod('billing', 'v1', { suffix: 'bbbbb' }),
  deployment('billing', 'v2'),
  pod('billing', 'v2'),
  database,
  pod('postgres', 'v1'),
];
const V2 = 'billing-v2-7d9c4b8f6-x2x9k';
const DATABASE = 'postgres-v1-7d9c4b8f6-x2x9k';

async function find(word: string) {
  await using shop = await fakeShop({}, OBJECTS);
  const cli = stringCli(shop);
  const found = await findPod(cli, word, 'shop');
  return [found.metadata.name, cli.text.err];
}

test.each([
  ['a pod', V2, V2],
  ['pod/NAME', `pod/${V2}`, V2],
  ['deploy/NAME', 'deploy/billing-v2', V2],
  ['deployment/NAME', 'deployment/billing-v2', V2],
  ['statefulset/NAME', 'statefulset/postgres', DATABASE],
  ['a Deployment', 'billing-v2', V2],
  ['a StatefulSet', 'postgres', DATABASE],
  ['the beginning of one pod', 'billing-v2-7', V2],
  ['the beginning of one pod, cut inside a workload’s name', 'postg', DATABASE],
])('When a pod is named by %s, then it is found', async (_, word, name) => {
  expect(await find(word)).toEqual([name, '']);
});

test.each(['deploy/billing-v1', 'billing-v1'])(
  'When %s has several pods, then a ready one is taken and said',
  async (word) => {
    const name = 'billing-v1-7d9c4b8f6-bbbbb';
    expect(await find(word)).toEqual([name, `Found 2 pods, using pod/${name}\n`]);
  },
);

test.each([
  ['billing-v1-', 'pod/billing-v1-7d9c4b8f6-aaaaa or pod/billing-v1-7d9c4b8f6-bbbbb'],
  ['billing', `pod/billing-v1-7d9c4b8f6-aaaaa, pod/billing-v1-7d9c4b8f6-bbbbb or pod/${V2}`],
])('When %s fits several pods, then one sentence names them', async (word, candidates) => {
  await expect(find(word)).rejects.toThrow(new Failure(`error: "${word}" is ambiguous, it could be ${candidates}`));
});

test.each([
  ['gifts', 'pods "gifts" not found'],
  ['deploy/gifts', 'deployments.apps "gifts" not found'],
  ['deploy/billing', 'deployments.apps "billing" not found'],
  ['pod/billing-v2', 'pods "billing-v2" not found'],
])('When nothing is named %s, then it says so in kubectl’s words', async (word, sentence) => {
  await expect(find(word)).rejects.toThrow(new Failure(`Error from server (NotFound): ${sentence}`));
});

test('When a workload has no pod, then it says so', async () => {
  await using shop = await fakeShop({}, [deployment('billing', 'v1')]);
  await expect(findPod(stringCli(shop), 'billing-v1', 'shop')).rejects.toThrow('deployment/billing-v1 has no pod now');
});

test.each([['kill'], ['logs'], ['exec', '--', 'true']])(
  'When %s gets the name of a workload, then it asks for the workload’s pod',
  async (command, ...more) => {
    const at = `/pods/shop/${V2}`;
    await using shop = await fakeShop(
      {
        [`POST ${at}/kill`]: { json: { killed: 812 } },
        [`GET ${at}/log`]: { text: 'one\n' },
        [`GET ${at}/exec`]: { json: { env: { PATH: process.env['PATH'] }, cwd: process.cwd() } },
      },
      OBJECTS,
    );
    expect(await runCli(shop, command, 'billing-v2', ...more)).toMatchObject({ code: 0, err: '' });
    expect(shop.asked.at(-1)?.path).toMatch(at);
  },
);
