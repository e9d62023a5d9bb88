import { expect, test } from '@jest/globals';
import { troubleIn } from './trouble.mjs';

test.each([
  '{"level":60,"time":"2026-03-01T10:00:00Z","msg":"migrations failed"}',
  '(node:7) MaxListenersExceededWarning: Possible EventEmitter memory leak detected.',
  '(node:7) [DEP0169] DeprecationWarning: `url.parse()` behavior is not standardized',
  '[UnhandledPromiseRejection: This error originated either by throwing inside of an async function]',
  'Error: unhandledRejection',
])('When a log has the line %s, then it is given', (line) => {
  expect(troubleIn(`{"level":30}\n${line}\n{"level":40}\n`)).toEqual([line]);
});

test('When a process has crashed, then the end of its stack trace is given', () => {
  const crash = ['Error: lost', '    at a.ts:1', '', 'Node.js v24.21.0'];
  expect(troubleIn(['{"level":30}', '', ...crash].join('\n'))).toEqual([
    '{"level":30}',
    'Error: lost',
    '    at a.ts:1',
    'Node.js v24.21.0',
  ]);
});

test('When a log has only what healthy services write, then nothing is given', () => {
  expect(troubleIn('{"level":50,"msg":"the port is 600"}\n{"level":30,"ms":60}\n')).toEqual([]);
});
