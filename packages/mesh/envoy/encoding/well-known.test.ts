import { describe, expect, test } from '@jest/globals';
import { encode } from './encode.ts';
import { expectSame, resource } from './testing/reference.ts';

const constant = (fields: object) => resource('google.api.expr.v1alpha1.Constant', fields);
const range = (length: unknown) => resource('envoy.config.core.v3.CidrRange', { prefix_len: length });
const status = (...details: unknown[]) => resource('google.rpc.Status', { details });
const metadata = (value: unknown) => resource('envoy.config.core.v3.Metadata', { filter_metadata: { 'a.b': value } });
const seconds = (text: unknown) => constant({ duration_value: text });
const time = (text: unknown) => constant({ timestamp_value: text });
const google = (type: string, fields: object) => resource(`google.protobuf.${type}`, fields);

test.each([
  ['a duration of nothing', seconds('0s')],
  ['a nanosecond', seconds('1.000000001s')],
  ['a negative duration', seconds('-1.5s')],
  ['less than a second below zero', seconds('-0.5s')],
  ['10,000 years', seconds('315576000000s')],
  ['a time', time('2026-01-31T12:00:00Z')],
  ['a time of another zone', time('2026-01-31T12:00:00.5+01:00')],
  ['a time before 1970', time('1969-12-31T23:59:59.250Z')],
  ['the first second', time('0001-01-01T00:00:00Z')],
  ['a wrapper', range(24)],
  ['a wrapper of zero', range(0)],
  ['a wrapper of nothing', range(null)],
  ['each kind of JSON', metadata({ c: [null, true, false, 0, -1.5, '', 'a', {}, [], { d: { e: [[1]] } }] })],
  ['the names of what objects of JavaScript have', metadata(JSON.parse('{"__proto__": 1, "constructor": 2}'))],
  ['an empty Struct', metadata({})],
  ['an Any', status(resource('google.rpc.Status', { code: 1 }), resource('google.rpc.Status', {}))],
  [
    'an Any of what has a form of its own',
    status(google('Duration', { value: '1s' }), google('Struct', { value: {} })),
  ],
  ['an Any of an Any', status(google('Any', { value: resource('google.rpc.Status', { code: 3 }) }))],
  ['an Any of Empty', status(google('Empty', {}))],
])('When a resource has %s, then its bytes hold that', (_what, one) => expectSame(one, encode(one)));

test('When a zero stands in a wrapper or a message, then that is written', () => {
  expect(encode(range(0)).toString('hex')).toBe('1200');
  expect(encode(seconds('0s')).toString('hex')).toBe('4200');
});

describe('A wrong value', () => {
  const DURATION = 'is not a duration, such as "1.5s" (google.protobuf.Duration)';
  const TIME = 'is not a time, such as "2026-01-31T12:00:00Z" (google.protobuf.Timestamp)';
  const UINT32 = 'is not a whole number from 0 to 4294967295 (uint32)';

  test.each([
    ['without its unit', seconds('5'), `Constant.duration_value: "5" ${DURATION}`],
    ['of another unit', seconds('5ms'), `Constant.duration_value: "5ms" ${DURATION}`],
    ['a number', seconds(5), `Constant.duration_value: 5 ${DURATION}`],
    ['with ten digits', seconds('0.0000000001s'), `Constant.duration_value: "0.0000000001s" ${DURATION}`],
    ['of too many years', seconds('315576000001s'), `Constant.duration_value: "315576000001s" ${DURATION}`],
    ['a time without zone', time('2026-01-31T12:00:00'), `Constant.timestamp_value: "2026-01-31T12:00:00" ${TIME}`],
    ['a day too late', time('2026-01-32T12:00:00Z'), `Constant.timestamp_value: "2026-01-32T12:00:00Z" ${TIME}`],
    ['a time too early', time('0000-12-31T23:59:59Z'), `Constant.timestamp_value: "0000-12-31T23:59:59Z" ${TIME}`],
    ['in a wrapper', range('a'), `CidrRange.prefix_len: "a" ${UINT32}`],
    ['the fields of a wrapper', range({ value: 8 }), `CidrRange.prefix_len: an object ${UINT32}`],
    [
      'a text for a Struct',
      metadata('a'),
      'Metadata.filter_metadata["a.b"]: "a" is not an object (google.protobuf.Struct)',
    ],
    [
      'NaN in a Struct',
      metadata({ c: [{ d: NaN }] }),
      'Metadata.filter_metadata["a.b"]["c"][0]["d"]: NaN is not a number (double)',
    ],
    [
      'not of JSON',
      metadata({ c: 1n }),
      'Metadata.filter_metadata["a.b"]["c"]: 1 is not a value of JSON (google.protobuf.Value)',
    ],
    [
      'nothing in a list of JSON',
      metadata({ c: [undefined] }),
      'Metadata.filter_metadata["a.b"]["c"][0]: undefined is not a value of JSON (google.protobuf.Value)',
    ],
    ['null for an Any', status(null), 'Status.details[0]: null is not an object with @type'],
    ['an Any without type', status({}), 'Status.details[0].@type: undefined is not the URL of a type'],
    [
      'a type without URL',
      status({ '@type': 'google.rpc.Status' }),
      'Status.details[0].@type: "google.rpc.Status" is not the URL of a type',
    ],
    [
      'an unknown type',
      status(resource('envoy.Nothing', {})),
      'Status.details[0]: there is no message type envoy.Nothing',
    ],
    [
      'an enum as type',
      status(resource('envoy.config.core.v3.HealthStatus', {})),
      'Status.details[0]: there is no message type envoy.config.core.v3.HealthStatus',
    ],
    [
      'the fields of a duration',
      status(google('Duration', { seconds: 1 })),
      'Status.details[0].seconds: google.protobuf.Duration stands in "value", without other fields',
    ],
  ])('When it is %s, then it is refused with its path', (_what, one, message) => {
    expect(() => encode(one)).toThrow(new TypeError(message));
  });
});
