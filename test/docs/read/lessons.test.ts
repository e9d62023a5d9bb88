import { expect, test } from '@jest/globals';
import { readLesson, readLessons } from './lessons.ts';

const FILE = 'istio/canary/1.yaml';
const BACK = 'kubectl -n shop apply -f istio/base/recommendations.yaml';
const text = `# Lesson: one.\n# Back: ${BACK}\nkind: VirtualService\n`;

test('When a lesson is read for a cluster, then it is applied with kubectl, and its Back line stands as written', () => {
  expect(readLesson(FILE, text, 'cluster')).toMatchObject({
    blocks: [
      { at: `${FILE}:1`, commands: [{ text: `kubectl -n shop apply -f ${FILE}` }] },
      { at: `${FILE}:2`, commands: [{ line: 2, text: BACK }] },
    ],
    faults: [],
  });
});

test('When it is read for a laptop, then kubectl is npx tuesday', () => {
  const { blocks } = readLesson(FILE, text, 'laptop');
  expect(blocks.flatMap(({ commands }) => commands.map((one) => one.text))).toEqual([
    `npx tuesday -n shop apply -f ${FILE}`,
    'npx tuesday -n shop apply -f istio/base/recommendations.yaml',
  ]);
});

test('When it has several Back lines, then all of them are run', () => {
  const { blocks } = readLesson(FILE, text.replace('kind:', `# Back: ${BACK} --again\nkind:`), 'cluster');
  expect(blocks[1]!.commands.map(({ text: line }) => line)).toEqual([BACK, `${BACK} --again`]);
});

test('When it has none, then there is one sentence', () => {
  expect(readLesson(FILE, text.replace('Back', 'Later'), 'laptop')).toEqual({
    file: FILE,
    blocks: [],
    faults: [`${FILE}:1: this lesson has no line "# Back: kubectl …" that undoes it.`],
  });
});

test('When the lessons of the repository are read, then each has its way back, or is run by another test', () => {
  const lessons = readLessons('laptop');
  expect(lessons.flatMap(({ faults }) => faults)).toEqual([]);
  expect(lessons.length).toBeGreaterThan(12);
  expect(lessons.filter(({ file }) => /^istio\/(base|install)\/|mesh-config/.test(file))).toEqual([]);
});
