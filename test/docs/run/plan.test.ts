import { expect, test } from '@jest/globals';
import { readLesson } from '../read/lessons.ts';
import { readPage } from '../read/page.ts';
import { madeUp } from './made-up.ts';
import { type Plan, planHelp, planLesson, planPage } from './plan.ts';

/** Runs every step and gives `ok`, or the first lines of what it throws. */
async function run(plan: Plan): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  for (const { title, run: step } of plan.steps)
    results[title] = await step().then(
      () => 'ok',
      (error: Error) => error.message,
    );
  await plan[Symbol.asyncDispose]();
  return results;
}

const block = (...lines: string[]) => ['```sh', ...lines, '```', ''].join('\n');
const END = 'a.md leaves the shop at its base';

async function runPage(...blocks: string[]) {
  const ground = madeUp();
  const page = readPage('a.md', blocks.join(''));
  const results = await run(planPage({ page, place: 'laptop', open: async () => ground }));
  return { results, resets: ground.resets };
}

test('When all commands of a document work, then every block passes, and so does its end', async () => {
  const { results, resets } = await runPage(
    block('mkdir /tmp/none/../none -p', 'WORD=works', 'cd /tmp'),
    block('echo it $WORD in $PWD # → it works … /tmp'),
  );
  expect(results).toEqual({
    'a.md:1 mkdir /tmp/none/../none -p': 'ok',
    'a.md:6 echo it $WORD in $PWD': 'ok',
    [END]: 'ok',
  });
  expect(resets).toBe(0);
});

test('When a command fails, then its line, its exit code and what it printed are said, and the next block still runs', async () => {
  const { results } = await runPage(block('true', 'echo no such pod >&2; exit 3', 'echo never'), block('true'));
  expect(results).toEqual({
    'a.md:1 true': 'a.md:3: `echo no such pod >&2; exit 3` ended with 3:\nno such pod',
    'a.md:6 true': 'ok',
    [END]: 'ok',
  });
});

test('When the first command of a pipe fails, then the line fails', async () => {
  const { results } = await runPage(block('false | cat'));
  expect(results['a.md:1 false | cat']).toBe('a.md:2: `false | cat` ended with 1:\n(nothing)');
});

test('When a stated outcome does not stand, then it is said beside what was printed', async () => {
  const { results } = await runPage(block('echo 90/10   # → 50/50'), block('echo a'), '```text\nb\n```\n');
  expect(results['a.md:1 echo 90/10']).toBe('a.md:2: `echo 90/10` did not print "50/50" but:\n90/10');
  expect(results['a.md:4 echo a']).toBe('a.md:4: the block did not print\nb\nbut:\na');
});

test.each([
  ['an object', 'echo 50 > $SHOP', 'VirtualService shop/canary has changed'],
  ['a file', 'touch b', 'file b is new'],
  ['a commit', 'git -c user.name=a -c user.email=a@b commit -qm more --allow-empty', 'commit has changed'],
])(
  'When a document leaves %s changed, then its end fails by name, and the base is made to stand again',
  async (_, line, left) => {
    const { results, resets } = await runPage(block(line));
    expect(results[`a.md:1 ${line}`]).toBe('ok');
    expect(results[END]).toMatch(`a.md does not end at its base: ${left}`);
    expect(resets).toBe(1);
  },
);

test('When the documents have a block of another place, then it is not among the steps of this one', async () => {
  const page = readPage('a.md', '```sh cluster\nfalse\n```\n```sh not run: needs root\nfalse\n```\n');
  expect(planPage({ page, place: 'laptop', open: async () => madeUp() }).steps).toEqual([]);
});

const lesson = (back: string) => readLesson('a.yaml', `# Lesson.\n# Back: ${back}\n`, 'cluster');

test.each([
  ['leads back', 'kubectl -n shop apply -f base', 'ok'],
  [
    'leads elsewhere',
    'kubectl -n shop apply -f other',
    'a.yaml:2 does not lead back: VirtualService shop/canary has changed.',
  ],
  ['fails', 'false', 'a.yaml:2: `false` ended with 1:\n(nothing)'],
])('When the Back line of a lesson %s, then its test says so', async (_, back, result) => {
  const ground = madeUp();
  ground.program('kubectl', 'echo -n "${@: -1}" > $SHOP');
  const plan = planLesson({ page: lesson(back), place: 'cluster', open: async () => ground });
  expect(await run(plan)).toEqual({ 'a.yaml:2 leads back': result });
  expect(ground.resets).toBe(result === 'ok' ? 0 : 1);
});

test('When a lesson changes nothing, then its Back line shows nothing', async () => {
  const ground = madeUp();
  ground.program('kubectl', 'true');
  const plan = planLesson({
    page: lesson('kubectl -n shop apply -f base'),
    place: 'cluster',
    open: async () => ground,
  });
  expect(Object.values(await run(plan))).toEqual([expect.stringContaining('a.yaml:1: this lesson changes nothing')]);
});

test('When an example of a help changes something, then it passes, and the base is made to stand again', async () => {
  const ground = madeUp();
  const page = readPage('a.md', block('echo 50 > $SHOP'));
  expect(Object.values(await run(planHelp({ page, place: 'laptop', open: async () => ground })))).toEqual(['ok']);
  expect(ground.resets).toBe(1);
});

test('When an example of a help fails, then its test fails', async () => {
  const page = readPage('a.md', block('false'));
  expect(Object.values(await run(planHelp({ page, place: 'laptop', open: async () => madeUp() })))).toEqual([
    'a.md:2: `false` ended with 1:\n(nothing)',
  ]);
});
