import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../ready.mjs';
import { folderOf } from '../testing/folders.mjs';
import { newService } from './new-service.mjs';

const USED = [
  'Dockerfile',
  'docker-bake.hcl',
  'docker-compose.yml',
  'skaffold.yaml',
  'package-lock.json',
  '.prettierrc.json',
  '.prettierignore',
  'k8s',
  'istio',
  'services/storefront/src/main.ts',
  'services/checkout/package.json',
];

let root = '';
const git = (/** @type {string[]} */ ...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' });
const changes = () => git('status', '--porcelain', '-uall').split('\n').filter(Boolean);
const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8');
const link = (/** @type {string} */ name) => join(root, 'node_modules/@tuesday', name);

const commit = (/** @type {string} */ title) =>
  git('-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '-qam', title);

beforeAll(() => {
  root = folderOf({ '.gitignore': 'node_modules\n' });
  for (const path of USED) cpSync(join(ROOT, path), join(root, path), { recursive: true });
  mkdirSync(join(root, 'node_modules/@tuesday'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules/prettier'), join(root, 'node_modules/prettier'));
  git('init', '-q');
  git('add', '.');
  commit('before');
  git('tag', 'before');
});
afterEach(() => {
  git('reset', '-q', '--hard', 'before');
  git('clean', '-fdq');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const LONG = `a${'-long'.repeat(11)}-one`;

test.each(['gifts', 'gift-cards', LONG])(
  'When %s is written, then what is said to be written is, and nothing else',
  (name) => {
    const said = newService(root, { name, caller: 'checkout' });
    const paths = (/** @type {string[]} */ lines) => lines.map((line) => line.split(/\s+/).at(-1)).sort();
    expect(paths(changes())).toEqual(paths(said));
    expect(said.filter((line) => line.startsWith('new '))).toHaveLength(11);
    expect(readlinkSync(link(name))).toBe(`../../services/${name}`);
    expect(read(`istio/base/allow/${name}.yaml`)).toContain('serviceAccounts: [checkout]');
  },
);

test('When a service is written, then each list has its entries once, beside what it had', () => {
  newService(root, { name: 'gifts', caller: 'storefront' });
  for (const [removed, added] of git('diff', '--numstat')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t').slice(0, 2).reverse()))
    expect(`${removed} removed, ${added} added`).toMatch(/^(0 removed, [1-9]|1 removed, 1 )/);
  const count = (/** @type {string} */ file) => read(file).split('gifts').length - 1;
  expect(Object.fromEntries(USED.slice(0, 5).map((file) => [file, count(file)]))).toEqual({
    Dockerfile: 2,
    'docker-bake.hcl': 1,
    'docker-compose.yml': 6,
    'skaffold.yaml': 5,
    'package-lock.json': 4,
  });
});

describe('refusals', () => {
  const refused = (/** @type {string} */ name, caller = 'storefront') => {
    const before = changes();
    let sentence = '';
    try {
      newService(root, { name, caller });
    } catch (error) {
      sentence = String(error);
    }
    expect([changes(), existsSync(link(name))]).toEqual([before, false]);
    return sentence;
  };

  test.each(['Gifts', '2gifts', 'gifts-', '-gifts', 'gift_cards', 'gifts.shop', '../gifts', 'é', ' ', 'a'.repeat(61)])(
    'When the name is "%s", then it is no DNS label, and nothing changes',
    (name) => expect(refused(name)).toMatch(/is no name for a service: choose a DNS label/),
  );

  test.each(['delete', 'await', 'process', 'read-config', 'a--b', 'let'])(
    'When main.ts cannot have a function named %s, then nothing changes',
    (name) => expect(refused(name)).toMatch(/is no name for a service[,:].*choose/),
  );

  test.each(['storefront', 'checkout', 'gateway', 'postgres', 'jaeger', 'billing-v1', 'mesh', 'service', 'cli'])(
    'When %s exists, then nothing changes',
    (name) => expect(refused(name)).toContain(`There is already a workload or package named ${name}: choose another`),
  );

  test('When there is no such caller, then the sentence names those that there are, and nothing changes', () => {
    expect(refused('vouchers', 'nobody')).toContain(
      'There is no workload nobody to call vouchers: choose --caller among billing, checkout, gateway,',
    );
  });

  test.each(['k8s/base/namespace.yaml', 'new.txt'])('When %s has changed, then nothing changes', (file) => {
    writeFileSync(join(root, file), 'changed\n');
    expect(refused('vouchers')).toContain('The git tree has changes');
    expect(refused('vouchers')).toContain('commit or stash them');
  });

  test('When there is no git tree, then nothing changes', () => {
    renameSync(join(root, '.git'), join(root, 'elsewhere'));
    try {
      expect(() => newService(root, { name: 'no-tree', caller: 'storefront' })).toThrow('This is no git work tree');
      expect(existsSync(link('no-tree')) || existsSync(join(root, 'services/no-tree'))).toBe(false);
    } finally {
      renameSync(join(root, 'elsewhere'), join(root, '.git'));
    }
  });

  test('When a list has no entry to repeat, then the sentence names it, and nothing changes', () => {
    writeFileSync(join(root, 'docker-bake.hcl'), '# empty\n');
    commit('a list without entries');
    expect(refused('vouchers')).toContain('docker-bake.hcl has no entry of storefront to repeat');
  });
});

test.each([
  ['--help', 0, /npm run new:service -- gifts --caller checkout/],
  ['', 1, /Usage: npm run new:service/],
  ['gifts cards', 1, /Usage: npm run new:service/],
  ['--colour', 1, /^Unknown option '--colour'/],
  ['Gifts', 1, /^"Gifts" is no name/],
])('When the words are "%s", then the exit code is %i, and the text says what to do', (words, code, text) => {
  const main = fileURLToPath(new URL('main.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words.split(' ').filter(Boolean)], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  expect([status, stdout + stderr]).toEqual([code, expect.stringMatching(text)]);
});
