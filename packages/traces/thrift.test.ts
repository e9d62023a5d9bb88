import { expect, test } from '@jest/globals';
import { readJaegerThrift } from './jaeger-thrift.ts';
import { BadSpans } from './span.ts';
import { readThriftStruct } from './thrift.ts';

const bytes = (...parts: (number | string | bigint)[]): Buffer =>
  Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.concat([bytes(0, 0, 0, part.length), Buffer.from(part)]);
      if (typeof part === 'number') return Buffer.from([part]);
      const long = Buffer.alloc(8);
      long.writeBigInt64BE(part);
      return long;
    }),
  );
/** The header of a field: its type and its id. */
const field = (type: number, id: number) => [type, 0, id] as const;

const PROCESS = [...field(12, 1), ...field(11, 1), 'billing', 0];
const span = (...more: (number | string | bigint)[]) => [
  ...field(10, 1),
  -2n,
  ...field(10, 2),
  1n,
  ...field(10, 3),
  3n,
  ...field(10, 4),
  0n,
  ...field(11, 5),
  'charge',
  ...more,
  0,
];
const batch = (...more: (number | string | bigint)[]) =>
  bytes(...PROCESS, ...field(15, 2), 12, 0, 0, 0, 1, ...span(...more), 0);
const tag = (type: number, ...value: (number | string | bigint)[]) => [
  ...field(15, 10),
  12,
  0,
  0,
  0,
  1,
  ...field(11, 1),
  'n',
  ...field(8, 2),
  0,
  0,
  0,
  type,
  ...value,
  0,
];

test('When a batch has 128-bit ids, then negative halves are read as unsigned and leading zeros are kept', () => {
  expect(readJaegerThrift(batch())).toMatchObject([
    {
      traceId: '0000000000000001fffffffffffffffe',
      spanId: '0000000000000003',
      parentId: undefined,
      name: 'charge',
      service: 'billing',
    },
  ]);
});

test.each([
  ['text', tag(0, ...field(11, 3), 'ten'), 'ten'],
  ['a double', tag(1, ...field(4, 4), 0x40, 0x24, 0, 0, 0, 0, 0, 0), 10],
  ['a bool', tag(2, ...field(2, 5), 1), true],
  ['a long', tag(3, ...field(10, 6), 10n), 10n],
])('When a tag is %s, then it keeps its type', (_, sent, value) => {
  expect(readJaegerThrift(batch(...sent))[0]?.tags).toEqual({ n: value });
});

test('When a batch is cut anywhere, then it is rejected', () => {
  const whole = batch(...tag(3, ...field(10, 6), 10n));
  for (let length = 0; length < whole.length; length += 1)
    expect(() => readJaegerThrift(whole.subarray(0, length))).toThrow(BadSpans);
});

test.each([
  ['nests without end', Buffer.concat(Array.from({ length: 1_000 }, () => bytes(...field(12, 1)))), 'deeper'],
  ['has a list of a billion', bytes(...field(15, 2), 12, 59, 154, 202, 0), 'longer'],
  ['has a list of negative length', bytes(...field(15, 2), 12, 255, 255, 255, 255), 'longer'],
  ['has a text of negative length', bytes(...field(11, 2), 255, 255, 255, 255), 'middle'],
  ['has a map', bytes(...field(13, 2)), 'type 13'],
])('When a body %s, then it is rejected', (_, body, words) => {
  expect(() => readThriftStruct(body)).toThrow(words);
});
