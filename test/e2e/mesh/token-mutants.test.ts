import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { buy, purchase } from '../../support/customer.ts';
import { DEMO_ISSUER } from '../../support/tokens/issuer.ts';
import { bearer, look } from '../../support/tokens/session.ts';
import { startShop } from '../../support/shop.ts';

const shop = await startShop();
const changed = join(tmpdir(), `tuesday-session-${process.pid}.yaml`);
afterEach(() => shop.reset());
afterAll(async () => {
  await rm(changed, { force: true });
  await shop[Symbol.asyncDispose]();
});

/** Another point of the curve: the key of the overlay for production, whose private half does not exist. */
const OTHER_KEY = /"x":"[^"]*","y":"[^"]*"/.exec(
  await readFile('k8s/overlays/production/kustomization.yaml', 'utf8'),
)![0];

const [ada, bob] = ['ada', 'bob'].map((sub) => DEMO_ISSUER.token({ sub })) as [string, string];
let order = '';
beforeAll(async () => {
  const { status, body } = await buy(shop.url, purchase(), { 'x-customer-id': 'eve', ...bearer(ada) });
  expect(status).toBe(201);
  order = `${shop.url}/api/orders/${(body['order'] as { id: string }).id}`;
});

/** The questions to which the shop's answer must not change, and those answers. */
const QUESTIONS: [what: string, headers: Record<string, string>, status: number][] = [
  ['ada looks at her order', bearer(ada), 200],
  ['ada looks with her cookie', { cookie: `session=${ada}` }, 200],
  ['bob claims to be ada in a header', { ...bearer(bob), 'x-customer-id': 'ada' }, 404],
  ['no token, but a header', { 'x-customer-id': 'ada' }, 403],
];

/** The questions that are answered in another way. */
async function faults(): Promise<string[]> {
  const answers = QUESTIONS.map(async ([what, headers, status]) => {
    const answer = await look(order, headers);
    return answer.status === status ? [] : [`${what}: ${answer.status}`];
  });
  return (await Promise.all(answers)).flat();
}

test('When nothing is changed, then each is answered as it must be', async () => {
  expect(await faults()).toEqual([]);
});

test.each([
  ['the key is another', 'session', /"x":"[^"]*","y":"[^"]*"/, OTHER_KEY, ['ada looks at her order: 401']],
  ['the audience is another', 'session', /audiences: .*/, 'audiences: [bank]', ['ada looks at her order: 403']],
  ['cookies are not read', 'session', /fromCookies: .*/, '', ['ada looks with her cookie: 403']],
  [
    'a header from outside is kept',
    'session',
    /outputClaimToHeaders: .*/,
    '',
    ['bob claims to be ada in a header: 200'],
  ],
  [
    'the policy is for another gateway',
    'require-session',
    /app: gateway/,
    'app: other',
    ['no token, but a header: 400'],
  ],
])('When %s, then it is noticed', async (_what, name, from, to, noticed) => {
  const text = await readFile(`istio/base/${name}.yaml`, 'utf8');
  expect(text).toMatch(from);
  await writeFile(changed, text.replace(from, to));
  await shop.apply(changed);
  expect(await faults()).toEqual(expect.arrayContaining(noticed));
});
