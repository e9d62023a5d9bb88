import { expect, test } from '@jest/globals';
import { statementName } from './statement-name.ts';

test.each([
  ['insert into charges (id) values ($1)', 'INSERT charges'],
  ['  update orders set status = $2 where id = $1', 'UPDATE orders'],
  ['select sku from (select skus from purchases) as latest where $1', 'SELECT purchases'],
  ['with kept as (update idempotency set status = $2) insert into outbox values ($1)', 'UPDATE idempotency'],
  ['delete from idempotency where order_id = $1', 'DELETE idempotency'],
])('When a statement is %s, then its name says what it does: %s', (sql, name) => {
  expect(statementName(sql)).toBe(name);
});

test('When two statements do the same to one table, then they have different names, each always its own', () => {
  const [one, two] = ['select a from things where b = $1', 'select c from things where d = $1'];
  expect([statementName(one), statementName(two), statementName(one)]).toEqual([
    'SELECT things',
    'SELECT things 2',
    'SELECT things',
  ]);
});
