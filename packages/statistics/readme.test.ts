import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as door from './index.ts';

const text = readFileSync(new URL('README.md', import.meta.url), 'utf8');

test('When the example of the README runs, then it prints what its comments say', () => {
  const [, code = ''] = /```js\n(.*?)```/s.exec(text) ?? [];
  const said = [...code.matchAll(/^console\.log.*\/\/ (.*)$/gm)].map(([, comment]) => comment);
  const cwd = new URL('.', import.meta.url);
  const env = { ...process.env, NODE_OPTIONS: '' };
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd, env, encoding: 'utf8' });
  expect(said.length).toBeGreaterThan(3);
  expect(printed.trimEnd().split('\n')).toEqual(said);
});

test('When the table of the README is read, then it holds every function of the package', () => {
  const rows = [...text.matchAll(/^\| `(\w+)\(/gm)].map(([, name]) => name);
  const functions = Object.entries(door).filter(([, value]) => typeof value === 'function');
  expect(rows.toSorted()).toEqual(functions.map(([name]) => name).toSorted());
});
