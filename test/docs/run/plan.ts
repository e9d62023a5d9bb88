import type { Block, Page } from '../read/page.ts';
import type { BlockPlace } from '../read/where.ts';
import type { Ground } from './ground.ts';
import { type Session, openSession } from './session.ts';

/** One thing to run, with its title. It throws a sentence where the document is wrong. */
export interface Step {
  title: string;
  run(): Promise<void>;
}

/** The steps of a document in one place, in order. `dispose` ends what they have started, also after a failure. */
export interface Plan extends AsyncDisposable {
  file: string;
  place: BlockPlace;
  steps: Step[];
}

/** A document, and the place of which its blocks are run. */
export interface Task {
  page: Page;
  place: BlockPlace;
  open(): Promise<Ground>;
}

const blocksIn = ({ page, place }: Task): Block[] =>
  page.blocks.filter(({ where }) => 'place' in where && where.place === place);
const nothing = async () => undefined;

/** A document for readers: its blocks in one terminal, and then its base. */
export function planPage(task: Task): Plan {
  const { page, place } = task;
  const blocks = blocksIn(task);
  let session: Promise<Session> | undefined;
  const opened = () => (session ??= task.open().then((ground) => openSession(ground)));
  const steps: Step[] = blocks.map((block) => ({
    title: `${block.at} ${firstCommand(block)}`,
    run: async () => (await opened()).run(block),
  }));
  const end: Step = {
    title: `${page.file} leaves ${place === 'fresh' ? 'its clone' : 'the shop'} at its base`,
    run: async () => {
      const reading = await opened();
      const stopped = await reading.stop().catch((error: Error) => error);
      const left = await reading.restore();
      if (left.length > 0) throw new Error(`${page.file} does not end at its base: ${left.join(', ')}.`);
      if (stopped) throw stopped;
    },
  };
  return {
    file: page.file,
    place,
    steps: blocks.length === 0 ? [] : [...steps, end],
    [Symbol.asyncDispose]: async () => (await session)?.[Symbol.asyncDispose](),
  };
}

/** A lesson: applying it changes something, and its Back lines lead to the base. */
export function planLesson(task: Task): Plan {
  const [apply, back] = blocksIn(task);
  const run = async () => {
    await using session = await openSession(await task.open());
    await session.run(apply!);
    const changes = await session.changed();
    const ran = await session.run(back!).catch((error: Error) => error);
    const left = await session.restore();
    if (ran) throw ran;
    if (left.length > 0) throw new Error(`${back!.at} does not lead back: ${left.join(', ')}.`);
    if (changes.length === 0)
      throw new Error(`${apply!.at}: this lesson changes nothing, so its Back line shows nothing.`);
  };
  const steps = apply && back ? [{ title: `${back.at} leads back`, run }] : [];
  return { file: task.page.file, place: task.place, steps, [Symbol.asyncDispose]: nothing };
}

/** The examples of one `--help`, in one terminal: the shop is brought back to the base after each. */
export function planHelp(task: Task): Plan {
  let session: Promise<Session> | undefined;
  const opened = () => (session ??= task.open().then((ground) => openSession(ground)));
  const steps = blocksIn(task).map((block): Step => ({
    title: block.at,
    run: async () => {
      const reading = await opened();
      const ran = await reading.run(block).catch((error: Error) => error);
      const stopped = await reading.stop().catch((error: Error) => error);
      await reading.restore();
      if (ran) throw ran;
      if (stopped) throw stopped;
    },
  }));
  return {
    file: task.page.file,
    place: task.place,
    steps,
    [Symbol.asyncDispose]: async () => (await session)?.[Symbol.asyncDispose](),
  };
}

const firstCommand = ({ commands }: Block) => commands[0]?.text.split('\n')[0]!.replace(/\s+#.*$/, '') ?? '';
