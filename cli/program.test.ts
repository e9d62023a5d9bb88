import { expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { createProgram } from './program.ts';
import { fakeShop } from './testing/fake-shop.ts';
import { runCli, stringCli } from './testing/run-cli.ts';

const program = createProgram(stringCli({ state: '/nowhere' }), () => Promise.reject(new Error('unused')));

const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
const SHOPLESS = ['render', 'cluster'];
const ofShop = program.commands.filter((command) => !SHOPLESS.includes(command.name())).flatMap(leaves);
const others = program.commands.filter((command) => SHOPLESS.includes(command.name())).flatMap(leaves);

test.each(ofShop.map((command) => [command.name(), command] as const))(
  'When the help of %s is read, then it has --state',
  (_, command) => expect(command.helpInformation()).toMatch(/ --state <folder> +the shop's folder/),
);

test.each(others.map((command) => [command.name(), command] as const))(
  'When %s needs no shop, then it has no --state',
  (_, command) => expect(command.helpInformation()).not.toContain('--state'),
);

test.each([
  ['in front of a command', (state: string) => ['--state', state, 'top']],
  ['behind a command', (state: string) => ['top', '--state', state]],
  ['behind a command’s command', (state: string) => ['rollout', 'restart', 'deploy/a', '--state', state]],
  ['twice, the nearer', (state: string) => ['--state', '/elsewhere', 'top', '--state', state]],
])('When the folder is named %s, then the shop there is asked', async (_, words) => {
  await using shop = await fakeShop({ 'GET /top': { json: [] }, 'POST /rollout/restart': { json: {} } });
  await runCli({ state: '/nowhere' }, ...words(shop.state));
  expect(shop.asked.length).toBeGreaterThan(0);
});

test('When `npx tuesday` is typed alone, then every command is named, with examples, and the exit code is 0', async () => {
  const { code, out, err } = await runCli({ state: '/nowhere' });
  expect([code, err]).toEqual([0, '']);
  const listed = [...out.matchAll(/^ {2}[A-Z][\w ]+: +(.*)$/gm)].flatMap(([, names = '']) => names.split(', '));
  expect(listed).toEqual([
    ...program.commands.map((command) => command.name()),
    expect.stringMatching(/^npx tuesday --help/),
  ]);
  expect(out).toContain('\nExamples:\n  npx tuesday up ');
  expect(out.split('\n').length).toBeLessThan(24);
});

test.each(['rollout', 'proxy-config', 'pc', 'cluster', 'cluster images'])(
  'When the group `%s` is typed alone, then it is its help, and the exit code is 0',
  async (words) => {
    const alone = await runCli({ state: '/nowhere' }, ...words.split(' '));
    expect(alone).toEqual({ ...(await runCli({ state: '/nowhere' }, ...words.split(' '), '--help')), code: 0 });
    expect(alone.out).toMatch(/\nCommands:\n[^]*\nExamples:\n/);
  },
);

test.each(['nope', 'rollout nope'])('When `%s` is typed, then it is an unknown command', async (words) => {
  const { code, out, err } = await runCli({ state: '/nowhere' }, ...words.split(' '));
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^error: unknown command 'nope'/);
});

test.each([
  ['in front of a command', ['-n', 'other', 'get', 'pods'], 'other'],
  ['behind a command', ['get', 'pods', '-n', 'other'], 'other'],
  ['twice, the nearer', ['-n', 'another', 'get', 'pods', '-n', 'other'], 'other'],
  ['nowhere', ['get', 'pods'], 'shop'],
])('When the namespace is named %s, then the objects there are asked for', async (_, words, namespace) => {
  await using shop = await fakeShop({});
  await runCli({ state: shop.state }, ...words);
  expect(shop.asked.map(({ query }) => query['namespace'])).toEqual([namespace]);
});
