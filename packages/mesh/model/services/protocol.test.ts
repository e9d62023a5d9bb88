import { expect, test } from '@jest/globals';
import { isDetected, protocolOf } from './protocol.ts';

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

test.each([
  [{ port: 80 }, true],
  [{ port: 80, name: 'web' }, true],
  [{ port: 80, name: 'http' }, false],
  [{ port: 80, name: 'web', appProtocol: 'http' }, false],
  [{ port: 80, name: 'http', appProtocol: 'example.org/own' }, true],
  [{ port: 5432, name: 'tcp-postgres' }, false],
  [{ port: 443, name: 'https' }, false],
  [{ port: 6379, name: 'redis-main' }, false],
  [{ port: 3306 }, false],
  [{ port: 443, appProtocol: 'kubernetes.io/wss' }, false],
])('When a port is %j, then Istio detects its protocol: %s', (port, expected) => {
  expect(isDetected(port)).toBe(expected);
});
