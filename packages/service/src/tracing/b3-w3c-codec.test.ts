import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { b3AndW3cCodec, paddedIds } from './b3-w3c-codec.ts';

const hex = (length: number) =>
  fc
    .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
    .filter((id) => !/^0+$/.test(id));
const short = fc.record({ traceId: hex(32), spanId: hex(16), sampled: fc.boolean() });

/** A context as jaeger-client has it: without leading zeros. */
const stripped = ({ traceId, spanId, sampled }: { traceId: string; spanId: string; sampled: boolean }) => ({
  traceIdStr: traceId.replace(/^0+/, ''),
  spanIdStr: spanId.replace(/^0+/, ''),
  isSampled: () => sampled,
});

test('When an id has lost its leading zeros, then both dialects get it back whole', () => {
  fc.assert(
    fc.property(short, ({ traceId, spanId, sampled }) => {
      const headers: Record<string, string> = {};
      b3AndW3cCodec.inject(stripped({ traceId, spanId, sampled }), headers);
      expect(headers).toEqual({
        traceparent: `00-${traceId}-${spanId}-0${sampled ? 1 : 0}`,
        'x-b3-traceid': traceId,
        'x-b3-spanid': spanId,
        'x-b3-sampled': sampled ? '1' : '0',
      });
    }),
  );
  expect(paddedIds({ traceIdStr: 'ab', spanIdStr: '1' })).toEqual({
    traceId: `${'0'.repeat(30)}ab`,
    spanId: '0000000000000001',
  });
});

test.each([
  ['W3C', { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }],
  ['B3', { 'x-b3-traceid': 'a'.repeat(32), 'x-b3-spanid': 'b'.repeat(16), 'x-b3-sampled': '1' }],
])('When a caller sends %s, then its trace continues', (_name, headers) => {
  const context = b3AndW3cCodec.extract(headers);
  expect(context && paddedIds(context)).toEqual({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) });
  expect(context?.isSampled()).toBe(true);
});

test.each([
  ['nothing', {}],
  ['an id that is too short', { 'x-b3-traceid': 'abc', 'x-b3-spanid': 'b'.repeat(16) }],
  ['another version', { traceparent: `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01-x` }],
])('When a caller sends %s, then a new trace begins', (_name, headers) => {
  expect(b3AndW3cCodec.extract(headers)).toBeNull();
});

test('When a caller does not sample, then neither do we', () => {
  expect(b3AndW3cCodec.extract({ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00` })?.isSampled()).toBe(false);
});
