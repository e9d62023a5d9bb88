import { expect, test } from '@jest/globals';
import { linesWithin } from './log-window.mjs';

const at = (/** @type {number} */ second) => Date.parse('2026-03-01T10:00:00Z') + second * 1000;
const stamp = (/** @type {number} */ second) => new Date(at(second)).toISOString();
const app = (/** @type {number} */ second, level = 30, msg = `at ${second}`) =>
  JSON.stringify({ level, time: stamp(second), msg });
const window = { from: at(10), to: at(20) };

test('When a pod has written before, in and after the time of the test, then the lines in it are given', () => {
  const log = [app(9), app(10), app(20), app(21)].join('\n');
  expect(linesWithin(`${log}\n`, window)).toEqual([app(10), app(20)]);
});

test('When a pod has written nothing in that time, then there are no lines', () => {
  expect(linesWithin(`${app(5)}\n${app(25)}\n`, window)).toEqual([]);
  expect(linesWithin('no time at all\n', window)).toEqual([]);
});

test('When lines are those of PostgreSQL or Envoy, then their times are read too', () => {
  const postgres = '2026-03-01 10:00:12.345 UTC [71] ERROR:  duplicate key value';
  const envoy = '[2026-03-01 10:00:13.001][9][warning][config] gRPC stream closed';
  expect(linesWithin([postgres, envoy].join('\n'), window)).toEqual([postgres, envoy]);
});

test('When a line has no time, then it belongs to the line before it', () => {
  const log = [app(9), '    at old (a.ts:1)', app(12), '    at new (b.ts:2)'].join('\n');
  expect(linesWithin(log, window)).toEqual([app(12), '    at new (b.ts:2)']);
});

test('When there are many lines, then the last warnings and the last lines are given, in order', () => {
  const many = Array.from({ length: 200 }, (_, index) => app(10 + index / 20, index < 12 ? 40 : 30, `line ${index}`));
  const messages = linesWithin(many.join('\n'), window).map((line) => JSON.parse(line).msg);
  const line = (/** @type {number} */ index) => `line ${index}`;
  expect(messages).toEqual([7, 8, 9, 10, 11, 195, 196, 197, 198, 199].map(line));
});

test('When a line is long, then it is cut', () => {
  expect(linesWithin(app(12, 30, 'x'.repeat(1000)), window)[0]).toHaveLength(401);
});
