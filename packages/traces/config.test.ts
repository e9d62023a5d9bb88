import { expect, test } from '@jest/globals';
import { readConfig } from './config.ts';

const JAEGERS = ['--config=x', '--set=extensions.jaeger_storage.backends.some_storage.memory.max_traces=700'];

test('When nothing is set, then the ports are Jaeger’s, on the loopback interface, for 5,000 traces', () => {
  expect(readConfig({}, [])).toEqual({
    host: '127.0.0.1',
    query: 16_686,
    zipkin: 9_411,
    otlp: 4_318,
    otlpGrpc: 4_317,
    thrift: 14_268,
    maxTraces: 5_000,
    maxBytes: 67_108_864,
  });
});

test('When Jaeger’s own arguments and variables are given, then the supported ones are used', () => {
  expect(readConfig({ JAEGER_LISTEN_HOST: '0.0.0.0' }, JAEGERS)).toMatchObject({ host: '0.0.0.0', maxTraces: 700 });
  expect(readConfig({ MAX_TRACES: '9' }, JAEGERS).maxTraces).toBe(9);
});

test('When values are not valid numbers, then one error names all of them', () => {
  expect(() => readConfig({ MAX_TRACES: '0', PORT_OTLP: 'four', PORT_QUERY: '70000' }, [])).toThrow(
    [
      'PORT_QUERY is "70000"; it must be a whole number from 0 to 65535.',
      'PORT_OTLP is "four"; it must be a whole number from 0 to 65535.',
      'MAX_TRACES is "0"; it must be a whole number from 1 to 1000000.',
    ].join('\n'),
  );
});
