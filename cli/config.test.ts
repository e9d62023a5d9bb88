import { expect, test } from '@jest/globals';
import { resolve } from 'node:path';
import { ROOT } from '../places/repository.ts';
import { readConfig } from './config.ts';

test('When no variable is set, then the state is in the repository and time counts from this process’s start', () => {
  expect(readConfig({}, false)).toEqual({
    state: resolve(ROOT, '.tuesday'),
    startedAt: performance.timeOrigin,
    setupMs: 0,
    color: false,
  });
});

test('When the launcher started earlier, then time counts from its start', () => {
  const env = { TUESDAY_STARTED_AT: '1700000000000', TUESDAY_SETUP_MS: '16000', TUESDAY_STATE: '/tmp/elsewhere' };
  expect(readConfig(env, false)).toMatchObject({
    startedAt: 1_700_000_000_000,
    setupMs: 16_000,
    state: '/tmp/elsewhere',
  });
});

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ TERM: 'dumb' }, true, false],
])('When the environment is %j and a terminal is %s, then colour is %s', (env, isTerminal, color) => {
  expect(readConfig(env, isTerminal).color).toBe(color);
});
