import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../places/repository.ts';
import { ARTICLE } from '../../manifests/article.ts';
import { NOT_OBJECTS } from '../../manifests/not-objects.ts';
import { readCommands } from './commands.ts';
import type { Block, Page } from './page.ts';
import type { BlockPlace } from './where.ts';

/**
 * Reads every lesson below istio/ as a document of two blocks: the command that applies it, and its Back lines. A lesson
 * without a Back line is a fault.
 * @param place on a laptop the commands are those of npx tuesday, on a cluster kubectl's
 */
export function readLessons(place: BlockPlace, root: string = ROOT): Page[] {
  const files = globSync('istio/**/*.yaml', { cwd: root }).toSorted();
  const lessons = files.filter((file) => !file.startsWith('istio/base/') && NOT_OBJECTS[file] === undefined);
  return lessons.map((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return file in ARTICLE ? verbatim(file) : readLesson(file, text, place);
  });
}

/** Reads one lesson. */
export function readLesson(file: string, text: string, place: BlockPlace): Page {
  const backs = text.split('\n').flatMap((line, index) => {
    const [, back] = /^#.*?\bBack: (\S.*)$/.exec(line) ?? [];
    return back === undefined ? [] : readCommands(back, index + 1);
  });
  const [first] = backs;
  if (first === undefined)
    return { file, blocks: [], faults: [`${file}:1: this lesson has no line "# Back: kubectl …" that undoes it.`] };
  const namespace = /^kubectl (-n \S+ )/.exec(first.text)?.[1] ?? '';
  const apply = { line: 1, text: `kubectl ${namespace}apply -f ${file}`, outcomes: [] };
  const here = (commands: Block['commands']) =>
    place === 'laptop'
      ? commands.map((one) => ({ ...one, text: one.text.replace(/^kubectl /, 'npx tuesday ') }))
      : commands;
  const blocks = [
    { at: `${file}:1`, where: { place }, commands: here([apply]), outcomes: [] },
    { at: `${file}:${first.line}`, where: { place }, commands: here(backs), outcomes: [] },
  ];
  return { file, blocks, faults: [] };
}

/** A file of the article has no comment of ours. */
function verbatim(file: string): Page {
  const where = { runBy: 'test/e2e/mesh/article.test.ts' };
  return { file, blocks: [{ at: `${file}:1`, where, commands: [], outcomes: [] }], faults: [] };
}
