import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TRACE_HEADERS } from '../testing/trace-headers.ts';
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

test.each(TRACE_HEADERS)(
  'When a caller sends %s, then its trace continues, or a new one begins',
  (_what, headers, read) => {
    const context = b3AndW3cCodec.extract(headers);
    expect(context ? { ...paddedIds(context), sampled: context.isSampled() } : 'new').toEqual(read);
  },
);
