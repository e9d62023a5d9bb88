import { expect, test } from '@jest/globals';
import { parseSelector } from './selector.ts';

const labels = { app: 'billing', version: 'v2' };
test.each([
  ['', true],
  ['app=billing', true],
  ['app==billing,version!=v2', false],
  ['version in (v1, v2),app', true],
  ['version notin (v1,v2)', false],
  ['tier notin (x)', true],
  ['!tier', true],
  ['!app', false],
  ['tier', false],
  ['tier!=x', true],
])('When the selector is "%s", then the match is %s', (text, matches) => {
  expect(parseSelector(text)(labels)).toBe(matches);
});

test.each(['app~billing', 'app in', '=x'])('When the selector is "%s", then it is refused', (text) => {
  expect(() => parseSelector(text)).toThrow(/unable to parse the selector/);
});
