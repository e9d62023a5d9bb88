import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { exports: doors } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** Prints the npm packages that a module loads. */
const LIST = `import { registerHooks } from 'node:module';
const found = new Set();
registerHooks({
  load(url, context, next) {
    const name = /\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
    if (name !== undefined) found.add(name);
    return next(url, context);
  },
});
await import(process.argv[1]);
console.log([...found].sort().join(' '));`;

function loadedBy(door: string): string {
  const { href } = new URL(door, import.meta.url);
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', LIST, href], {
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  return `${stdout}${stderr}`.trim();
}

// Commands only print names of kinds, and a shop without a mesh only stores objects: they load no package for more than that.
test.each([
  ['./manifests', 'yaml zod'],
  ['./model', ''],
  ['./explain', ''],
  ['./envoy', ''],
  ['./control', ''],
])('When the door %s is opened, then of npm it loads "%s"', (door, packages) => {
  expect(loadedBy(doors[door])).toBe(packages);
});

test('When the doors are counted, then there are five', () => {
  expect(Object.keys(doors)).toEqual(['./manifests', './model', './explain', './envoy', './control']);
});
