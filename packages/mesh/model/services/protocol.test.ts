import { expect, test } from '@jest/globals';
import { canBeHttp, isHttp, protocolOf } from './protocol.ts';

test.each([
  ['http', undefined, 'http'],
  ['http-metrics', undefined, 'http'],
  ['http2-stream', undefined, 'http2'],
  ['grpc-otlp', undefined, 'grpc'],
  ['grpc-web-page', undefined, 'grpc'],
  ['HTTP', undefined, 'http'],
  ['tcp-otlp-http', undefined, 'tcp'],
  ['https-web', undefined, 'tcp'],
  ['redis-main', undefined, 'tcp'],
  ['udp-dns', undefined, 'tcp'],
  ['tcp-otlp', 'grpc', 'grpc'],
  ['http', 'tcp', 'tcp'],
  ['web', 'kubernetes.io/h2c', 'http2'],
  ['web', 'kubernetes.io/ws', 'http'],
  ['web', 'kubernetes.io/wss', 'tcp'],
  ['', undefined, 'detected'],
  ['web', undefined, 'detected'],
  ['httpx', undefined, 'detected'],
  ['http', 'example.org/own', 'detected'],
])('When a port is named "%s" with appProtocol %s, then its protocol is %s', (name, appProtocol, expected) => {
  expect(protocolOf({ port: 80, name, appProtocol })).toBe(expected);
});

test.each([25, 53, 3306, 27_017])(
  'When port %d names no protocol, then it is tcp: in its own the server speaks first',
  (port) => {
    expect(protocolOf({ port })).toBe('tcp');
    expect(protocolOf({ port, name: 'http' })).toBe('http');
  },
);

test('When a protocol is detected, then its requests can be routed, but not every connection has requests', () => {
  expect((['http', 'grpc', 'detected', 'tcp'] as const).map((one) => [isHttp(one), canBeHttp(one)])).toEqual([
    [true, true],
    [true, true],
    [false, true],
    [false, false],
  ]);
});
