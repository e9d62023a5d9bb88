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
