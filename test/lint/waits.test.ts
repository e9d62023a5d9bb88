import { expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../places/repository.ts';

/** What a wait looks like: a promise made by hand, the end of a process, and a loop that asks again. */
const WAIT = /new Promise\b|withResolvers|await once\(|\.exited\b|for \(.*;\s*(?:;|await )|while \(/g;
const COMMENT = /^\s*(?:\/\/|\/?\*).*$/gm;

/** The number of waits in a source text, without its comments. */
const waitsIn = (text: string) => text.replaceAll(COMMENT, '').match(WAIT)?.length ?? 0;

test('When a file of places waits, then docs/waits.md has the same number of waits for it, each with its deadline', () => {
  const files = readdirSync(join(ROOT, 'places'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[cm]?[jt]s$/.test(file) && !/\.test\.|\.d\.|testing\/|node_modules\//.test(file))
    .map((file) => `places/${file}`);
  const found = files.map((file) => [file, waitsIn(readFileSync(join(ROOT, file), 'utf8'))] as const);
  const rows = readFileSync(join(ROOT, 'docs/waits.md'), 'utf8').matchAll(
    /^\| `(places\/\S+)` +\| (\d+) +\| \S.* \| \S.*\|$/gm,
  );
  const listed = [...rows].map(([, file, waits]) => [file, Number(waits)] as const);
  expect(Object.fromEntries(found.filter(([, waits]) => waits > 0))).toEqual(Object.fromEntries(listed));
});

test.each([
  ['await new Promise((resolve) => server.close(resolve));', 1],
  ["const [code] = await once(child, 'close');", 1],
  ['for (const until = now(); ; await wait(20)) {', 1],
  ['for (; isAlive(pid); await wait(20))', 1],
  ['for (;;) {', 1],
  ['while (!signal.aborted) {', 1],
  ['await running.exited;', 1],
  ['for (const one of all) await one();', 0],
  ['// await new Promise(', 0],
  [' * A new Promise', 0],
])('When a line is %j, then it has %d waits', (line, waits) => {
  expect(waitsIn(line)).toBe(waits);
});
