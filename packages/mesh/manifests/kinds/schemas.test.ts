import { expect, test } from '@jest/globals';
import { SCHEMAS } from './schemas.ts';
import { READABLE } from './table.ts';

test.each(READABLE.map(({ kind }) => kind))('When a %s may stand in a file, then it has a schema', (kind) => {
  expect(SCHEMAS[kind].safeParse('not an object').success).toBe(false);
});
