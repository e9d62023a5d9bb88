import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { commandsOf } from './program.ts';
import { ROOT } from '../../test/manifests/tree.ts';
import { withTools } from './testing/fake-tools.ts';

const terminal = { env: {}, out: () => undefined, err: () => undefined, now: () => 0, sleep: async () => undefined };
const commands = [...commandsOf(terminal).values()];
const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { scripts: Record<string, string> };

describe('the commands of a cluster', () => {
  test.each(commands)('When $script is looked for, then it is an npm script', ({ script }) => {
    expect(scripts[script]).toBe(`node setup/with.mjs node places/cluster/main.ts ${script}`);
  });

  test.each(commands)(
    'When $script --help is asked for, then it ends with examples, and asks no tool',
    async (command) => {
      const { code, out, asked } = await withTools([], command.script, '--help');
      expect({ code, asked }).toEqual({ code: 0, asked: [] });
      expect(out).toMatch(new RegExp(`^Usage: npm run ${command.script}`));
      expect(command.examples.length).toBeGreaterThan(0);
      for (const [line] of command.examples) expect(out).toContain(`  ${line} `);
    },
  );

  const examples = commands.flatMap((command) => command.examples.map(([line]) => [line, command] as const));
  test.each(examples)('When the example "%s" is typed, then it is understood', (line, { read, script }) => {
    const [, rest = ''] = line.split(`npm run ${script}`);
    const words = [...rest.replace(/^ -- /, '').matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, bare]) => quoted ?? bare ?? '',
    );
    expect(line).toContain(`npm run ${script}`);
    expect(() => read(words)).not.toThrow();
  });

  test('When a command does not exist, then those that do are named', async () => {
    const { code, err } = await withTools([], 'k8s:destroy');
    expect(code).toBe(1);
    expect(err).toContain(
      'There is no command "k8s:destroy"; there are k8s:preflight, k8s:deploy, k8s:delete, images:load, istio:install.',
    );
  });
});
