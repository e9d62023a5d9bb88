import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';

/** Prints the URL of every module that is loaded from a file. */
const LIST = `import { registerHooks } from 'node:module';
registerHooks({ load(url, context, next) { console.error(url); return next(url, context); } });`;

/** What a command line loads, by its own account. */
function loadedBy(...words: string[]): string[] {
  const hook = `data:text/javascript,${encodeURIComponent(LIST)}`;
  const main = new URL('main.mjs', import.meta.url).pathname;
  const { stderr } = spawnSync(process.execPath, ['--import', hook, main, ...words], {
    env: { ...process.env, NODE_OPTIONS: '', TUESDAY_STATE: '/nowhere' },
    encoding: 'utf8',
  });
  return stderr.split('\n').filter((line) => line.startsWith('file:'));
}

// Loading them takes twice as long as all the rest: a command sends texts, and the runner reads them.
test('When a command sends a file, then no schema and no YAML reader is loaded, as they are to render one', () => {
  const heavy = (urls: string[]) => urls.filter((url) => /\/node_modules\/(zod|yaml)\//.test(url));
  const apply = loadedBy('apply', '-f', 'istio/canary/50.yaml');
  expect(apply.some((url) => url.endsWith('/cli/commands/apply.ts'))).toBe(true);
  expect(heavy(apply)).toEqual([]);
  expect(heavy(loadedBy('render', '-f', 'istio/canary/50.yaml')).length).toBeGreaterThan(10);
});
