import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore } from '@tuesday/mesh/control';
import { readText } from '@tuesday/mesh/manifests';
import { eventually } from '../../../test/support/eventually.ts';
import { appliedFiles } from './watched-files.ts';
import { type Saved, type FileWatcher, watchFiles } from './watch-files.ts';

const config = (name: string, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { value: "${value}" }\n`;
const both = (one: string, other: string) => `${config('one', one)}---\n${config('other', other)}`;

let folder = '';
let file = '';
let store = createStore();
let reported: Saved[] = [];
let watched: FileWatcher;
let fail: Error | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tuesday-watched-'));
  file = join(folder, 'my.yaml');
  store = createStore();
  reported = [];
  fail = undefined;
  watched = watchFiles({
    store,
    changes: {
      async applyResources(resources) {
        if (fail) throw fail;
        const changes = store.apply(resources).map(({ ref, change }) => ({ ref, change }));
        return { changes, warnings: [], mesh: { sidecars: 9, ms: 1, rejected: [], late: [] } };
      },
    },
    onSaved: (saved) => reported.push(saved),
  });
});

afterEach(() => {
  watched.close();
  rmSync(folder, { recursive: true });
});

const read = (path: string) => readText({ file: path, text: readFileSync(path, 'utf8'), namespace: 'shop' });

/** Writes a file, applies it, and watches it from then on. */
function follow(text: string, path = file): void {
  writeFileSync(path, text);
  const resources = read(path);
  store.apply(resources);
  watched.follow(appliedFiles({ files: [{ name: path, path }] }, { namespace: 'shop', resources }), 'all');
}

/** Saves as many editors do: the new text takes the file's place. */
function renamed(text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

const object = (name: string) => store.get({ kind: 'ConfigMap', namespace: 'shop', name });
const value = (name: string) => (object(name)?.body['data'] as { value: string } | undefined)?.value;
const printed = () =>
  reported.flatMap((saved) =>
    'refused' in saved ? saved.refused : saved.changes.map(({ ref, change }) => `${ref.name} ${change}`),
  );

/** What has been reported, once there are reports of this many saves. */
async function waitForReports(count: number): Promise<(string | undefined)[]> {
  await eventually(() => reported.length >= count);
  return printed();
}

/** Waits long enough for a save to be reported: a later save of another file is. */
async function nothingMore(): Promise<void> {
  const other = join(folder, 'sign.yaml');
  follow(config('sign', '0'), other);
  const before = reported.length;
  writeFileSync(other, config('sign', '1'));
  await eventually(() => reported.length > before && value('sign') === '1');
  expect(reported.slice(before).map((saved) => saved.file)).toEqual([other]);
}

test.each([
  ['written', (text: string) => writeFileSync(file, text)],
  ['renamed into its place', renamed],
])('When a file is %s, then only the documents are applied that it did not hold before', async (_, save) => {
  follow(both('1', '1'));
  store.apply(read(join(folder, 'my.yaml')));
  const lesson = join(folder, 'lesson.yaml');
  writeFileSync(lesson, config('other', 'lesson'));
  store.apply(read(lesson));
  save(both('2', '1'));
  expect(await waitForReports(1)).toEqual(['one configured']);
  expect([value('one'), value('other')]).toEqual(['2', 'lesson']);
  save(both('2', '3'));
  // Another file has written it since.
  expect(await waitForReports(2)).toEqual([
    'one configured',
    `${file}:7: ConfigMap other is saved but not applied, because it is from ${lesson} now. To apply it: npx tuesday apply -f ${file}`,
  ]);
  expect([value('one'), value('other')]).toEqual(['2', 'lesson']);
  store.apply(read(file));
  save(both('2', '4'));
  expect((await waitForReports(3)).at(-1)).toBe('other configured');
  expect(value('other')).toBe('4');
});

test('When a save is applied, then it is reported with the time from its first event to the last acknowledgement', async () => {
  follow(config('one', '1'));
  const before = performance.now();
  writeFileSync(file, config('one', '2'));
  await waitForReports(1);
  const [saved] = reported;
  expect(saved).toMatchObject({ file, mesh: { sidecars: 9 } });
  const { ms } = (saved as { mesh: { ms: number } }).mesh;
  expect(ms).toBeGreaterThanOrEqual(5);
  expect(ms).toBeLessThanOrEqual(Math.ceil(performance.now() - before));
});

test('When only comments change, then nothing is reported, and objects get their new lines', async () => {
  follow(both('1', '1'));
  writeFileSync(file, `# why\n# so\n${both('1', '1')}`);
  await eventually(() => object('other')?.source.line === 9);
  expect(object('one')?.source.line).toBe(4);
  await nothingMore();
});

test('When documents or the file itself are removed, then nothing is deleted', async () => {
  follow(both('1', '1'));
  writeFileSync(file, config('one', '2'));
  expect(await waitForReports(1)).toEqual(['one configured']);
  rmSync(file);
  await nothingMore();
  expect([value('one'), value('other')]).toEqual(['2', '1']);
  writeFileSync(file, config('one', '3'));
  await eventually(() => value('one') === '3');
});

test('When a file is empty or cannot be parsed, then it is reported once, with its line, and nothing changes until it is corrected', async () => {
  follow(both('1', '1'));
  renamed('');
  expect(await waitForReports(1)).toEqual([`${file}:1: holds no Kubernetes object. Nothing was changed.`]);
  renamed(`${config('one', '2')}---\n${config('other', '2')}kind: Twice\n`);
  expect((await waitForReports(2))[1]).toBe(
    `${file}:10: "kind" stands twice in the same mapping. Nothing was changed.`,
  );
  renamed(`${config('one', '2')}---\n${config('other', '2')}kind: Twice\n`);
  await nothingMore();
  expect([value('one'), value('other')]).toEqual(['1', '1']);
  renamed(both('2', '2'));
  await eventually(() => value('other') === '2');
  expect(value('one')).toBe('2');
});

test('When a file is written many times at once, then it is read once', async () => {
  follow(config('one', '1'));
  for (let n = 0; n < 50; n++) writeFileSync(file, config('one', `x${n}`));
  expect(await waitForReports(1)).toEqual(['one configured']);
  expect(value('one')).toBe('x49');
  await nothingMore();
});

test('When a file has one object twice, then the last document counts, also after the next save', async () => {
  follow(both('1', '1').replace('other', 'one'));
  expect(value('one')).toBe('1');
  writeFileSync(file, both('1', '2').replace('other', 'one'));
  await eventually(() => value('one') === '2');
  appendFileSync(file, '# no more\n');
  await nothingMore();
  expect(value('one')).toBe('2');
});

test('When a file is saved between the time it is read and the time it is watched, then that save is applied', async () => {
  writeFileSync(file, config('one', '1'));
  const resources = read(file);
  store.apply(resources);
  writeFileSync(file, config('one', '2'));
  watched.follow(appliedFiles({ files: [{ name: file, path: file }] }, { namespace: 'shop', resources }), 'all');
  expect(await waitForReports(1)).toEqual(['one configured']);
});

test('When the mesh cannot use a saved file, then the file is named with the reason', async () => {
  follow(config('one', '1'));
  fail = new Error('no such thing');
  writeFileSync(file, config('one', '2'));
  expect(await waitForReports(1)).toEqual([`${file}: the mesh cannot use it: no such thing`]);
});

test('When standard input or a folder is applied, then it is not watched', async () => {
  const files = [{ name: 'STDIN' }, { name: folder, path: folder }, { name: 'gone', path: join(folder, 'gone') }];
  watched.follow(appliedFiles({ files }, { namespace: 'shop', resources: [] }), 'all');
  await nothingMore();
});
