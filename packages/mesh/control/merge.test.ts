import { expect, test } from '@jest/globals';
import { merged } from './merge.ts';

test.each([
  ['is written now', { last: {}, live: { a: 1 }, next: { a: 2 } }, { a: 2 }],
  ['is written neither now nor before', { last: {}, live: { a: 1 }, next: {} }, { a: 1 }],
  ['was written before, and is not now', { last: { a: 1 }, live: { a: 1 }, next: {} }, {}],
  ['was written before and changed since', { last: { a: 1 }, live: { a: 5 }, next: {} }, {}],
  ['is deeper', { last: { s: { a: 1 } }, live: { s: { a: 1, b: 2 } }, next: { s: { c: 3 } } }, { s: { b: 2, c: 3 } }],
  ['is a list', { last: { l: [1] }, live: { l: [1, 2] }, next: { l: [3] } }, { l: [3] }],
  ['becomes a mapping', { last: { a: 1 }, live: { a: 1 }, next: { a: { b: 1 } } }, { a: { b: 1 } }],
])('When a field %s, then the merge is that of kubectl', (_, three, expected) => {
  expect(merged(three)).toEqual(expected);
});
