import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../places/repository.ts';
import { type Page, readPage } from './page.ts';

/** The documents whose blocks are run, as patterns of paths. */
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'docs/**/*.md', 'packages/*/README.md', 'test/**/README.md'];

/** Reads every document below a folder. A block that another test runs is a fault where that test does not name the document. */
export function readPages(root: string = ROOT): Page[] {
  const files = DOCUMENTS.flatMap((pattern) => globSync(pattern, { cwd: root }).toSorted());
  return files
    .filter((file) => !file.includes('node_modules/'))
    .map((file) => {
      const page = readPage(file, readFileSync(join(root, file), 'utf8'));
      return { ...page, faults: [...page.faults, ...notRunBy(page, root)] };
    });
}

/** A sentence for each block of a document that another test is said to run, where that test does not name the document. */
export function notRunBy({ file, blocks }: Pick<Page, 'file' | 'blocks'>, root: string): string[] {
  return blocks.flatMap(({ at, where }) => {
    if (!('runBy' in where)) return [];
    const path = join(root, where.runBy);
    if (!existsSync(path)) return [`${at}: there is no ${where.runBy}, which is said to run this block.`];
    return readFileSync(path, 'utf8').includes(file)
      ? []
      : [`${at}: ${where.runBy} does not name ${file}, so it does not run this block.`];
  });
}
