import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ROOT } from '../../places/repository.ts';

/** What each command of a made-up machine prints, and its exit code. */
interface Made {
  says: string;
  code?: number;
}
const TESTS = {
  says: '  not run: SIZE=full\nnot run: PLACE=local test/e2e/mesh/sync (nothing is late)\n90 passed, 0 failed',
};
const MUTANTS = { says: '20 noticed, 0 survived' };
const MISSING = { says: 'PLACE=kubernetes (no test cluster)' };

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'tuesday-ci-')));
  mkdirSync(join(folder, '.ci'));
  cpSync(join(ROOT, '.ci/run'), join(folder, '.ci/run'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs .ci/run with made-up commands: `cluster` and `compose` are what the place prints, or with --missing why it is not run. */
function ci(made: { tests?: Made; mutants?: Made; cluster?: Made; compose?: Made } = {}) {
  const { tests = TESTS, mutants = MUTANTS, cluster, compose } = made;
  const prints = ({ says, code = 0 }: Made) => `printf '%s\\n' '${says}'; exit ${code}`;
  const place = (one: Made | undefined, missing: Made) =>
    `#!/bin/bash\n${one ? `[ "$1" != --missing ] || exit 0; ${prints(one)}` : prints(missing)}\n`;
  const programs = {
    npm: `#!/bin/bash\nif [ "$1" = test ]; then ${prints(tests)}; else ${prints(mutants)}; fi\n`,
    '.ci/cluster': place(cluster, MISSING),
    '.ci/compose': place(compose, { says: 'PLACE=compose (no Docker answers)' }),
  };
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, name), text, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
  const { status, stdout } = spawnSync('bash', ['.ci/run'], { cwd: folder, env, encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n') };
}

test('When all stages pass, then their tests and mutants are added up in the last line', () => {
  const { status, lines } = ci({ cluster: { says: '7 passed, 0 failed' }, compose: { says: '3 passed, 0 failed' } });
  expect(lines.at(-1)).toBe('120 passed, 0 failed');
  expect(status).toBe(0);
});

test('When a place is missing, then it is named with its reason, beside all else that was not run', () => {
  const { status, lines } = ci();
  expect(lines.slice(-5)).toEqual([
    'not run: PLACE=local test/e2e/mesh/sync (nothing is late)',
    'not run: PLACE=kubernetes (no test cluster)',
    'not run: PLACE=compose (no Docker answers)',
    'not run: SIZE=full on this machine, test:flaky, bench, the recordings of conformance made again (npm run release:check)',
    '110 passed, 0 failed',
  ]);
  expect(status).toBe(0);
});

test.each([
  ['a test fails', { tests: { says: '88 passed, 2 failed', code: 1 } }, '108 passed, 2 failed'],
  [
    'a test is skipped',
    { tests: { says: '89 passed, 0 failed, 1 skipped', code: 1 } },
    '109 passed, 1 failed, 1 skipped',
  ],
  ['a mutant survives', { mutants: { says: '19 noticed, 1 survived', code: 1 } }, '109 passed, 1 failed'],
  ['a stage breaks off', { cluster: { says: 'killed', code: 137 } }, '110 passed, 1 failed'],
  ['a stage counts nothing', { compose: { says: 'done' } }, '110 passed, 1 failed'],
  ['a stage fails after its tests', { compose: { says: '3 passed, 0 failed', code: 1 } }, '113 passed, 1 failed'],
])('When %s, then the run fails and the last line says so', (_case, made, last) => {
  const { status, lines } = ci(made);
  expect(lines.at(-1)).toBe(last);
  expect(status).toBe(1);
});
