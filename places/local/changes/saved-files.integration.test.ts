import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../test/support/eventually.ts';
import { deployment, service } from '../testing/manifests.ts';
import { type TestRunner, startTestRunner } from '../testing/runner.ts';

const config = (name: string, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { GREETING: ${value} }\n`;
let shop: TestRunner;
beforeAll(async () => {
  shop = await startTestRunner([config('words', 'hello'), deployment(), service('web')]);
}, 30_000);
afterAll(async () => shop[Symbol.asyncDispose]());

const greeting = (name: string) => shop.runner.store.get({ kind: 'ConfigMap', namespace: 'shop', name })?.body['data'];

test('When a file of the overlay is saved, then it is applied as the kustomization reads it', async () => {
  const { file } = shop;
  writeFileSync(file, readFileSync(file, 'utf8').replace('GREETING: hello', 'GREETING: hi'));
  await eventually(() => JSON.stringify(greeting('words')) === '{"GREETING":"hi"}');
});

test('When a workload is saved, then its pods are replaced', async () => {
  const pods = () => shop.runner.pods.all().filter(({ labels }) => labels['app'] === 'web');
  const [before] = pods();
  writeFileSync(shop.file, readFileSync(shop.file, 'utf8').replace('periodSeconds: 1', 'periodSeconds: 2'));
  await eventually(() => pods().length === 1 && pods()[0]?.ready && pods()[0]?.name !== before?.name);
}, 20_000);

test('When an applied file is saved, then it is applied again in the same namespace', async () => {
  const file = join(realpathSync(mkdtempSync(join(tmpdir(), 'tuesday-applied-'))), 'my.yaml');
  writeFileSync(file, config('mine', 'one'));
  const files = [{ name: 'my.yaml', path: file, text: readFileSync(file, 'utf8') }];
  await shop.ask('POST /apply', { files, namespace: 'default', watch: true });
  const mine = () => shop.runner.store.get({ kind: 'ConfigMap', namespace: 'default', name: 'mine' });
  expect(mine()?.body['data']).toEqual({ GREETING: 'one' });
  writeFileSync(file, config('mine', 'two'));
  await eventually(() => JSON.stringify(mine()?.body['data']) === '{"GREETING":"two"}');
  expect(mine()?.source).toEqual({ file: 'my.yaml', line: 2 });
});

test('When a file was applied without watch, then a save changes nothing; the overlay is followed all the same', async () => {
  const file = join(realpathSync(mkdtempSync(join(tmpdir(), 'tuesday-applied-'))), 'my.yaml');
  writeFileSync(file, config('still', 'one'));
  const files = [{ name: 'my.yaml', path: file, text: readFileSync(file, 'utf8') }];
  await shop.ask('POST /apply', { files, namespace: 'shop' });
  writeFileSync(file, config('still', 'two'));
  writeFileSync(shop.file, readFileSync(shop.file, 'utf8').replace('GREETING: hi', 'GREETING: later'));
  await eventually(() => JSON.stringify(greeting('words')) === '{"GREETING":"later"}');
  expect(greeting('still')).toEqual({ GREETING: 'one' });
});

test('When a StatefulSet of another namespace has the name of one that runs, then it is rejected', async () => {
  const set = deployment({ name: 'db', app: 'db' })
    .replace('kind: Deployment', 'kind: StatefulSet')
    .replace(/ {2}strategy.*\n/, '  serviceName: db\n');
  const apply = (namespace: string) =>
    shop.ask<{ error: string }>('POST /apply', { files: [{ name: 'my.yaml', text: set }], namespace });
  expect((await apply('shop')).status).toBe(200);
  const { status, body } = await apply('default');
  expect([status, body.error]).toEqual([
    422,
    expect.stringMatching(/^my\.yaml:3: StatefulSet db of namespace shop has pods of the same names/),
  ]);
});
