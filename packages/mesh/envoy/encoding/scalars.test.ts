import { describe, expect, test } from '@jest/globals';
import { encode } from './encode.ts';
import { expectSame, resource } from './testing/reference.ts';

const constant = (fields: object) => resource('google.api.expr.v1alpha1.Constant', fields);
const status = (fields: object) => resource('google.rpc.Status', fields);
const percent = (value: unknown) => resource('envoy.type.v3.Percent', { value });
const cluster = (fields: object) => resource('envoy.config.cluster.v3.Cluster', { name: 'a', ...fields });
const hex = (one: ReturnType<typeof resource>) => encode(one).toString('hex');

test.each([
  ['the least int32', status({ code: -2147483648 })],
  ['the largest int32', status({ code: 2147483647 })],
  ['the largest uint32', resource('envoy.config.core.v3.Pipe', { mode: 4294967295 })],
  ['a negative int64', constant({ int64_value: -1 })],
  ['an int64 beyond 32 bits', constant({ int64_value: 2 ** 40 + 1 })],
  ['the least int64, in a string', constant({ int64_value: '-9223372036854775808' })],
  ['the largest uint64', constant({ uint64_value: '18446744073709551615' })],
  ['a double', constant({ double_value: -1.5e300 })],
  ['the least double', constant({ double_value: Number.MIN_VALUE })],
  ['-Infinity', constant({ double_value: '-Infinity' })],
  ['bytes', constant({ bytes_value: '+/8A' })],
  ['bytes with padding', constant({ bytes_value: 'AA==' })],
  ['bytes in the alphabet of URLs, without padding', constant({ bytes_value: '-_8AAA' })],
  ['letters of two, three and four bytes', status({ message: 'Zürich – 🛒' })],
  ['a value of an enum', cluster({ lb_policy: 'MAGLEV' })],
])('When a field has %s, then its bytes hold that', (_what, one) => expectSame(one, encode(one)));

test('When a double is NaN, then its bytes hold that', () => {
  expect(encode(percent('NaN')).readDoubleLE(1)).toBeNaN();
});

const INT32 = 'is not a whole number from -2147483648 to 2147483647 (int32)';
const UINT32 = 'is not a whole number from 0 to 4294967295 (uint32)';
const INT64 = 'is not a whole number from -9223372036854775808 to 9223372036854775807 (int64)';
const UINT64 = 'is not a whole number from 0 to 18446744073709551615 (uint64)';
const LB_POLICY = 'is not a value of envoy.config.cluster.v3.Cluster.LbPolicy';

test.each([
  [status({ message: 5 }), 'Status.message: 5 is not a string'],
  [status({ message: '\ud83d' }), 'Status.message: "\\ud83d" is not a string'],
  [status({ code: '5' }), `Status.code: "5" ${INT32}`],
  [status({ code: 2 ** 31 }), `Status.code: 2147483648 ${INT32}`],
  [status({ code: 0.5 }), `Status.code: 0.5 ${INT32}`],
  [status({ code: NaN }), `Status.code: NaN ${INT32}`],
  [resource('envoy.config.core.v3.Pipe', { mode: -1 }), `Pipe.mode: -1 ${UINT32}`],
  [resource('envoy.config.core.v3.Pipe', { mode: 2 ** 32 }), `Pipe.mode: 4294967296 ${UINT32}`],
  [constant({ int64_value: 2 ** 53 }), `Constant.int64_value: 9007199254740992 ${INT64}`],
  [constant({ int64_value: '9223372036854775808' }), `Constant.int64_value: "9223372036854775808" ${INT64}`],
  [constant({ int64_value: '1.0' }), `Constant.int64_value: "1.0" ${INT64}`],
  [constant({ int64_value: '' }), `Constant.int64_value: "" ${INT64}`],
  [constant({ uint64_value: -1 }), `Constant.uint64_value: -1 ${UINT64}`],
  [constant({ uint64_value: '18446744073709551616' }), `Constant.uint64_value: "18446744073709551616" ${UINT64}`],
  [percent(NaN), 'Percent.value: NaN is not a number (double)'],
  [percent('1'), 'Percent.value: "1" is not a number (double)'],
  [constant({ bool_value: 0 }), 'Constant.bool_value: 0 is not true or false'],
  [constant({ bytes_value: 'a*==' }), 'Constant.bytes_value: "a*==" is not bytes in base64'],
  [constant({ bytes_value: 'AAAAA' }), 'Constant.bytes_value: "AAAAA" is not bytes in base64'],
  [constant({ bytes_value: 'AAA==' }), 'Constant.bytes_value: "AAA==" is not bytes in base64'],
  [constant({ bytes_value: [1] }), 'Constant.bytes_value: a list is not bytes in base64'],
  [cluster({ lb_policy: 'ROUND' }), `a.lb_policy: "ROUND" ${LB_POLICY}`],
  [cluster({ lb_policy: 'constructor' }), `a.lb_policy: "constructor" ${LB_POLICY}`],
  [cluster({ lb_policy: 1 }), `a.lb_policy: 1 ${LB_POLICY}`],
])('When %j has a wrong value, then the error is %s', (one, message) => {
  expect(() => encode(one)).toThrow(new TypeError(message));
});

describe('A zero', () => {
  test.each([
    ['a number and a string', status({ code: 0, message: '' })],
    ['a double', percent(0)],
    ['a bool', resource('envoy.config.core.v3.SocketAddress', { ipv4_compat: false })],
    ['an enum', resource('envoy.config.core.v3.SocketAddress', { protocol: 'TCP' })],
    ['an int64', resource('envoy.config.core.v3.SocketOption', { level: 0, name: '0' })],
  ])('When it is %s, then nothing is written', (_what, one) => {
    expect(hex(one)).toBe('');
    expectSame(one, encode(one));
  });

  test.each([
    ['a bool of a oneof', constant({ bool_value: false }), '1000'],
    ['a number of a oneof', constant({ int64_value: 0 }), '1800'],
    ['an enum of a oneof', constant({ null_value: 'NULL_VALUE' }), '0800'],
    ['a text of a oneof', constant({ string_value: '' }), '3200'],
    ['a double below zero', percent(-0), '090000000000000080'],
  ])('When it is %s, then it is written', (_what, one, bytes) => {
    expect(hex(one)).toBe(bytes);
  });
});
