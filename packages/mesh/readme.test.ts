import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);
const text = readFileSync(new URL('README.md', import.meta.url), 'utf8');

function block(language: string): string {
  const [, found] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(text) ?? [];
  if (found === undefined) throw new Error(`The README has no block of ${language}.`);
  return found;
}

test('When the example of the README runs at the root, then it prints what the README says', () => {
  const options = { cwd: ROOT, env: { ...process.env, NODE_OPTIONS: '' }, encoding: 'utf8' } as const;
  const printed = execFileSync(process.execPath, ['--input-type=module-typescript', '--eval', block('ts')], options);
  expect(printed).toBe(block('text'));
});

test('When the table of the README is read, then it holds the doors of the package', () => {
  const { exports: doors } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
  const rows = [...text.matchAll(/^\| `(\/\w+)`/gm)].map(([, door]) => `.${door}`);
  expect(rows).toEqual(Object.keys(doors));
});
