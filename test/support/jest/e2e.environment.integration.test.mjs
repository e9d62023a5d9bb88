import { afterAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LOGS, failuresOf } from '../../../setup/checks/failures.mjs';
import { JEST_OPTIONS } from '../../../setup/jest-options.mjs';

const JEST = fileURLToPath(new URL('../../../node_modules/jest/bin/jest.js', import.meta.url));
const ENVIRONMENT = fileURLToPath(new URL('e2e.environment.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tuesday-environment-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The failures of a run of test files with the e2e tests' environment. */
async function failuresIn(/** @type {string} */ text) {
  writeFileSync(join(folder, 'a.test.mjs'), `import { expect, test } from '@jest/globals';\n${text}`);
  writeFileSync(join(folder, 'package.json'), '{}');
  const config = JSON.stringify({ rootDir: folder, testEnvironment: ENVIRONMENT, testMatch: ['**/*.test.mjs'] });
  const report = join(folder, 'report.json');
  const args = [JEST, '--config', config, '--runInBand', '--json', `--outputFile=${report}`];
  const env = { ...process.env, NODE_OPTIONS: JEST_OPTIONS };
  await promisify(execFile)(process.execPath, args, { cwd: folder, env }).catch(() => undefined);
  return failuresOf(JSON.parse(readFileSync(report, 'utf8')), folder);
}

const SHOP = `
const log = [];
const write = (msg) => log.push(JSON.stringify({ level: 30, time: new Date().toISOString(), msg }));
globalThis.tuesdayShop = {
  pods: async () => ['billing-v1', 'idle', 'dead'].map((name) => ({ name })),
  logs: async (pod) => {
    if (pod === 'dead') throw new Error('no such pod');
    return pod === 'idle' ? '' : log.join('\\n');
  },
};
const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
`;

test('When a test fails, then what the pods logged during that test is a part of the failure', async () => {
  const failures = await failuresIn(`${SHOP}
    test('When it works, then b', async () => { write('earlier'); await pause(); });
    test('When it breaks, then c', async () => { await pause(); write('meanwhile'); expect(1).toBe(2); });
    test('When it works, then d', () => void write('later'));
  `);
  expect(failures).toHaveLength(1);
  expect(failures[0]).toContain('a.test.mjs › When it breaks, then c');
  expect(failures[0]).toContain(`    ${LOGS}\n      billing-v1\n        {"level":30`);
  expect(failures[0]).toContain('"msg":"meanwhile"');
  expect(failures[0]).not.toMatch(/idle|dead|earlier|later/);
  expect(failures[0]).toMatch(/run it alone: npm test -- a\.test\.mjs -t 'When it breaks, then c'$/);
});

test('When a hook fails, then what the pods logged in it is a part of the failure', async () => {
  const failures = await failuresIn(`import { beforeAll } from '@jest/globals';\n${SHOP}
    beforeAll(async () => { await pause(); write('in the hook'); throw new Error('not ready'); });
    test('When a, then b', () => undefined);
  `);
  expect(failures[0]).toMatch(/not ready[^]*"msg":"in the hook"/);
});

test('When a file breaks before its first test, then its shop is disposed', async () => {
  const failures = await failuresIn(`
    import { writeFileSync } from 'node:fs';
    const dispose = async () => writeFileSync('disposed', '');
    globalThis.tuesdayShop = { pods: async () => [], [Symbol.asyncDispose]: dispose };
    throw new Error('too early');
  `);
  expect(failures[0]).toContain('too early');
  expect(existsSync(join(folder, 'disposed'))).toBe(true);
}, 30_000);

test('When there is no shop, then the failure is as it is', async () => {
  const failures = await failuresIn(`test('When a, then b', () => { throw new Error('broken'); });`);
  expect(failures[0]).toContain('broken');
  expect(failures[0]).not.toContain(LOGS);
});

const TROUBLED = (/** @type {string} */ line) => `import { afterAll } from '@jest/globals';
  globalThis.tuesdayShop = { url: 'http://shop', pods: async () => [{ name: 'billing-v1' }], logs: async () => log };
  let log = 'DeprecationWarning: of an earlier run\\n';
  test('When a, then b', () => undefined);
  test('When c, then d', () => void (log += ${JSON.stringify(`${line}\n`)}));
  afterAll(() => { log = ''; });
`;

test('When a pod logs an error that it has not caught, then the last test of the file fails, and its message has the line', async () => {
  const failures = await failuresIn(TROUBLED('{"level":60,"msg":"uncaughtException"}'));
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatch(
    /When c, then d[^]*no test may cause:\s+billing-v1: {"level":60,"msg":"uncaughtException"}/,
  );
  expect(failures[0]).not.toContain('of an earlier run');
});

test('When pods log what healthy ones log, then no test fails', async () => {
  expect(await failuresIn(TROUBLED('{"level":50,"msg":"no database"}'))).toEqual([]);
});

test.each([
  ['a rejection that nothing handles', "void Promise.reject(new Error('lost'));", 'lost'],
  [
    'a warning that listeners leak',
    "process.emitWarning('12 listeners', 'MaxListenersExceededWarning');",
    '12 listeners',
  ],
])('When a test causes %s in its own process, then it fails', async (_what, code, message) => {
  const failures = await failuresIn(`
    test('When a, then b', async () => { ${code} await new Promise((resolve) => setTimeout(resolve, 20)); });
    test('When c, then d', () => undefined);
  `);
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatch(new RegExp(`When a, then b[^]*${message}`));
});
