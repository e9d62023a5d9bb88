import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { copyTree } from './copy.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('When the tree is copied, then its own packages are linked to the copy, and the copy is removed', () => {
  let folder = '';
  {
    using copy = copyTree(ROOT);
    folder = copy.folder;
    expect(copy.read('node_modules/@tuesday/service/package.json')).toBe(copy.read('packages/service/package.json'));
    copy.write('packages/service/package.json', '{}');
    expect(copy.read('node_modules/@tuesday/service/package.json')).toBe('{}');
    expect(existsSync(`${folder}/.git`)).toBe(false);
  }
  expect(existsSync(folder)).toBe(false);
});
