import { expect, test } from '@jest/globals';
import { protocolOf } from './protocol.ts';

test.each([
  ['http', undefined, 'http'],
  ['http-metrics', undefined, 'http'],
  ['http2-stream', undefined, 'http2'],
  ['grpc-otlp', undefined, 'grpc'],
  ['grpc-web-page', undefined, 'grpc'],
  ['HTTP', undefined, 'http'],
  ['httpx', undefined, 'tcp'],
  ['tcp-otlp-http', undefined, 'tcp'],
  ['https-web', undefined, 'tcp'],
  ['', undefined, 'tcp'],
  ['tcp-otlp', 'grpc', 'grpc'],
  ['http', 'tcp', 'tcp'],
  ['web', 'kubernetes.io/h2c', 'http2'],
  ['web', 'kubernetes.io/ws', 'http'],
  ['web', 'kubernetes.io/wss', 'tcp'],
])('When a port is named "%s" with appProtocol %s, then its protocol is %s', (name, appProtocol, expected) => {
  expect(protocolOf({ name, appProtocol })).toBe(expected);
});
