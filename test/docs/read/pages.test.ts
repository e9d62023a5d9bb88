import { afterAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../../../places/repository.ts';
import { readPages } from './pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'tuesday-pages-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

test('When the documents of the repository are read, then every block has a place, a test that names it, or a reason', () => {
  const pages = readPages();
  expect(pages.flatMap(({ faults }) => faults)).toEqual([]);
  for (const { file, blocks } of pages) {
    const fences = readFileSync(join(ROOT, file), 'utf8').match(/^\s*```sh\b/gm) ?? [];
    expect([file, blocks.length]).toEqual([file, fences.length]);
  }
});

test('When a document says that a test runs a block, then that test has to exist and to name the document', () => {
  const block = (path: string) => `\`\`\`sh run by ${path}\ntrue\n\`\`\`\n`;
  write('README.md', block('test/a.test.ts') + block('test/b.test.ts') + block('test/c.test.ts'));
  write('test/a.test.ts', "readPage('README.md')");
  write('test/b.test.ts', "readPage('CONTRIBUTING.md')");
  expect(readPages(folder).flatMap(({ faults }) => faults)).toEqual([
    'README.md:4: test/b.test.ts does not name README.md, so it does not run this block.',
    'README.md:7: there is no test/c.test.ts, which is said to run this block.',
  ]);
});
