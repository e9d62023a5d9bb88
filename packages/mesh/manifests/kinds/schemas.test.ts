import { expect, test } from '@jest/globals';
import { SCHEMAS } from './schemas.ts';
import { READABLE } from './table.ts';

test.each(READABLE.map(({ kind }) => kind))('When a file may contain a %s, then the kind has a schema', (kind) => {
  expect(SCHEMAS[kind].safeParse('not an object').success).toBe(false);
});
