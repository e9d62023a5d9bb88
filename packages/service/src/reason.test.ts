import { expect, test } from '@jest/globals';
import { errorFields, reasonOf } from './reason.ts';

const refused = (address: string) =>
  Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: 'ECONNREFUSED' });
/** What Node throws where a name has several addresses: its message is empty. */
const aggregated = Object.assign(new AggregateError([refused('::1:5432'), refused('127.0.0.1:5432')]), {
  code: 'ECONNREFUSED',
});
const wrapped = new Error('no tables', { cause: new Error('no connection', { cause: aggregated }) });

test('When an error has causes, then all of them are logged, aggregated ones too', () => {
  expect(errorFields(wrapped)).toMatchObject({
    type: 'Error',
    message: 'no tables',
    stack: expect.stringContaining('reason.test'),
    cause: {
      message: 'no connection',
      cause: {
        type: 'AggregateError',
        code: 'ECONNREFUSED',
        errors: [{ message: 'connect ECONNREFUSED ::1:5432' }, { message: 'connect ECONNREFUSED 127.0.0.1:5432' }],
      },
    },
  });
  expect(reasonOf(wrapped)).toBe(
    'no tables: no connection: connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432',
  );
});

test('When causes form a circle, then they are followed to an end', () => {
  const [one, other] = [new Error('one'), new Error('other')];
  [one.cause, other.cause] = [other, one];
  expect(JSON.stringify(errorFields(one)).length).toBeLessThan(50_000);
  expect(reasonOf(one)).toMatch(/^one: other: one/);
});

test.each([
  ['postgres://shop:hunter2@db:5432/shop', 'postgres://shop:***@db:5432/shop'],
  ['http://u:p:hunter2@proxy/', 'http://u:***@proxy/'],
  ['Authorization: Bearer hunter2', 'Authorization: *** ***'],
  ['sent bearer hunter2.x', 'sent bearer ***'],
  ['cookie session=eyJhbGciOi.eyJzdWIi.hunter2', 'cookie session=***'],
  ['"password":"hunter2"', '"password":***'],
  ['PGPASSWORD=hunter2 psql', 'PGPASSWORD=*** psql'],
  ['client_secret=hunter2&a=b', 'client_secret=***&a=b'],
  ['tok_hunter2 is unknown', 'tok_*** is unknown'],
  ['password authentication failed for user "shop"', 'password authentication failed for user "shop"'],
  ['http://127.0.0.1:8080/a', 'http://127.0.0.1:8080/a'],
])('When an error says %s in a cause, then the log says %s', (said, logged) => {
  const outer = new Error('outer', { cause: new AggregateError([new Error(said)], 'inner') });
  expect(reasonOf(outer)).toBe(`outer: inner: ${logged}`);
  expect(reasonOf(said)).toBe(logged);
  expect(JSON.stringify(errorFields(outer))).not.toContain('hunter2');
});

test('When an error has more fields, then they are not logged', () => {
  const error = Object.assign(new Error('duplicate key'), { detail: 'Key (token)=(hunter2)', parameters: ['hunter2'] });
  expect(JSON.stringify(errorFields(new Error('outer', { cause: error })))).not.toContain('hunter2');
});

test.each([[undefined], [null], ['hunter2'], [{ hunter2: 1 }]])(
  'When %j is thrown, then only its type is logged',
  (thrown) => {
    expect(errorFields(thrown)).toEqual({ type: typeof thrown, message: '' });
  },
);
