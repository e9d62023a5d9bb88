import { expect, test } from '@jest/globals';
import { plainOutput } from './plain-output.ts';

const { stack = '' } = new Error('lost');

test.each([
  ['a stack trace', stack],
  ['one of another file', 'Error: lost\n    at run (file:///home/me/a.mjs:1:2)\n'],
  ['one of Node’s own files', 'Error: lost\n    at node:internal/main:3:4'],
  ['a warning of Node’s', 'Ready\n(node:4711) ExperimentalWarning: VM Modules is an experimental feature\n'],
])('When a command prints %s, then the test that runs it fails', (_what, printed) => {
  expect(() => plainOutput(printed)).toThrow('This was printed to a user');
});

test('When it prints a sentence with a file and a line, or JSON with a stack in it, then it is given back', () => {
  const printed = `my.yaml:3: look at my.yaml:3:1\n  listens at http://localhost:8080\n${JSON.stringify({ stack })}\n`;
  expect(plainOutput(printed)).toBe(printed);
});
