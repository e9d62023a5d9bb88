import { beforeEach, expect, test } from '@jest/globals';
import type { Api } from './api.ts';
import { createCustomer, type Session } from './customer.ts';
import type { Answer, Body } from './types.ts';

const answer = (status: number, body: Body = {}): Answer => ({ status, body, serverTiming: '', ms: 1 });
const servedBy = { service: 'storefront', version: 'v1', pod: 'storefront-a', peer: 'spiffe://cluster.local/gateway' };
const sessionFor = (customer: string, peer: string | null = servedBy.peer) =>
  answer(201, { customer, demoCustomers: ['ada'], expiresIn: 86_400, servedBy: { ...servedBy, peer } });
const request = { key: 'k', items: [], paymentMethod: 'tok_visa' };

let asked: string[] = [];
let sessions: Session[] = [];
beforeEach(() => {
  asked = [];
  sessions = [];
});

/** A customer of a shop that gives these answers, each in its turn. */
function customer(answers: { session: Answer[]; checkout?: Answer[] }) {
  const api = {
    openSession: async (name?: string) => (asked.push(`session ${name ?? ''}`.trim()), answers.session.shift()!),
    signOut: async () => (asked.push('sign out'), answer(200)),
    checkout: async (_request: object, headers: object) => (
      asked.push(`checkout ${JSON.stringify(headers)}`),
      answers.checkout!.shift()!
    ),
  };
  return createCustomer(api as unknown as Api, (session) => sessions.push(session));
}

test('When a session is opened, then it says who buys and when to renew it', async () => {
  await customer({ session: [sessionFor('ada')] }).become('ada');
  expect([asked, sessions]).toEqual([
    ['session ada'],
    [{ customer: 'ada', demoCustomers: ['ada'], renewAfterMs: 23 * 3_600_000, isVerified: true }],
  ]);
});

test.each([401, 403])(
  'When the cookie is refused with %d, then it is removed and the session a new one',
  async (status) => {
    await customer({ session: [answer(status), sessionFor('x')] }).renew();
    expect([asked, sessions.length]).toEqual([['session', 'sign out', 'session'], 1]);
  },
);

test('When several need a session at once, then one is opened', async () => {
  const one = customer({ session: [sessionFor('x')], checkout: [answer(201), answer(201)] });
  await Promise.all([one.renew(), one.checkOut(request), one.checkOut(request)]);
  expect(asked).toEqual(['session', 'checkout {}', 'checkout {}']);
});

test('When the shop gives no session, then there is none, and nothing is thrown', async () => {
  await customer({ session: [answer(503)] }).renew();
  expect(sessions).toEqual([]);
});

test('When the session has ended, then the purchase is sent once more with a new one, and no third time', async () => {
  const mended = customer({ session: [sessionFor('x'), sessionFor('y')], checkout: [answer(403), answer(201)] });
  expect((await mended.checkOut(request)).status).toBe(201);
  expect(asked).toEqual(['session', 'checkout {}', 'session', 'checkout {}']);
  const refused = customer({ session: [sessionFor('x'), sessionFor('y')], checkout: [answer(403), answer(403)] });
  expect((await refused.checkOut(request)).status).toBe(403);
});

test('When no mesh verifies the token, then the page itself says who buys', async () => {
  const alone = customer({ session: [sessionFor('x', null)], checkout: [answer(201)] });
  await alone.checkOut(request);
  expect(asked).toEqual(['session', 'checkout {"x-customer-id":"x"}']);
});

test('When the cookie is refused where everybody may look, then the question is asked again with a new session', async () => {
  const answers = [answer(401), answer(200)];
  const mended = customer({ session: [answer(401), sessionFor('x')] });
  expect((await mended.ask(async () => answers.shift()!)).status).toBe(200);
  expect(asked).toEqual(['session', 'sign out', 'session']);
});

test('When someone new comes, then the cookie is removed first', async () => {
  await customer({ session: [sessionFor('z')] }).becomeSomeoneNew();
  expect([asked, sessions.map(({ customer }) => customer)]).toEqual([['sign out', 'session'], ['z']]);
});
