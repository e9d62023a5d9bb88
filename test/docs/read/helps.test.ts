import { expect, test } from '@jest/globals';
import { readHelps } from './helps.ts';
import { readPage } from './page.ts';

const blocks = (text = '') => readHelps([readPage('a.md', text)]).flatMap((help) => help.blocks);
const endingWith = (end: string, text?: string) => blocks(text).filter(({ at }) => at.endsWith(`\`${end}\``));

test('When the examples of every --help are read, then each has a place or a reason, and none is there twice', () => {
  expect(readHelps([]).flatMap(({ faults }) => faults)).toEqual([]);
  const lines = blocks().map(({ at }) => at.replace(/^.*?: /, ''));
  expect(lines.length).toBeGreaterThan(50);
  expect(new Set(lines).size).toBe(lines.length);
});

test('When another test runs an example, then that test is named', () => {
  expect(endingWith('npx tuesday down')[0]!.where).toEqual({ runBy: 'test/e2e/lifecycle.test.ts' });
});

test('When a document runs the same command on a laptop, then the example is not run again', () => {
  const line = 'npx tuesday top';
  expect(endingWith(line)[0]!.where).toEqual({ place: 'laptop' });
  expect(endingWith(line, `\`\`\`sh\n${line}   # memory\n\`\`\`\n`)[0]!.where).toEqual({ notRun: 'a.md:2 runs it' });
  expect(endingWith(line, `\`\`\`sh cluster\n${line}\n\`\`\`\n`)[0]!.where).toEqual({ place: 'laptop' });
});
