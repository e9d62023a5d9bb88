import { expect, test } from '@jest/globals';
import { schemaOf } from './schemas.ts';
import { READABLE } from './table.ts';

test.each(READABLE.map(({ kind }) => kind))('When a %s may stand in a file, then it has a schema', (kind) => {
  expect(schemaOf(kind).safeParse('not an object').success).toBe(false);
});

test('When a kind is not in the table, then it has none, and that is said', () => {
  expect(() => schemaOf('Pod')).toThrow('there is no schema of Pod');
});
