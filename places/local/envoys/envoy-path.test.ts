import { expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VERSION } from '../../../setup/envoy.mjs';
import { envoyPath } from './envoy-path.ts';

const cache = mkdtempSync(join(tmpdir(), 'tuesday-cache-'));
mkdirSync(join(cache, 'tuesday', `envoy-${VERSION}`), { recursive: true });
const cached = join(cache, 'tuesday', `envoy-${VERSION}`, 'envoy');
writeFileSync(cached, '');

test.each([
  [{ ENVOY_PATH: '/my/envoy', XDG_CACHE_HOME: cache }, '/my/envoy'],
  [{ XDG_CACHE_HOME: cache }, cached],
  [{ XDG_CACHE_HOME: '/nowhere' }, undefined],
])('When the environment is %j, then the Envoy is %s', (env, path) => {
  expect(envoyPath(env)).toBe(path);
});
