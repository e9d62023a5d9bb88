import { startLocalPlace } from '../../places/local/place/start.ts';
import { openPlace } from '../../places/open.ts';
import type { Place } from '../../places/place.ts';
import { PLACE } from '../support/places.mjs';
import { HELP, readOptions } from './options.ts';
import { readHelps } from './read/helps.ts';
import { readLessons } from './read/lessons.ts';
import type { Page } from './read/page.ts';
import { readPages } from './read/pages.ts';
import type { BlockPlace } from './read/where.ts';
import { PLACES_OF, groundsOf } from './run/grounds.ts';
import { type Plan, type Step, type Task, planHelp, planLesson, planPage } from './run/plan.ts';
import { type Row, lineOf, rowsNotRun, summaryOf } from './rows.ts';

/** npm run docs:check: see `--help`. */
async function main(args: readonly string[]): Promise<number> {
  const { words, list, json, help } = readOptions(args);
  if (help) {
    console.info(HELP);
    return 0;
  }
  const here = PLACES_OF[PLACE];
  if (!here)
    throw new Error(`Documents are not run in PLACE=${PLACE}; they are in ${Object.keys(PLACES_OF).join(', ')}.`);
  const start = Date.now();
  const chosen = ({ file }: Page) => words.length === 0 || words.some((word) => file.includes(word));
  const all = readPages();
  const kinds: [Page[], (task: Task) => Plan][] = [
    [all.filter(chosen), planPage],
    [readLessons(here[0]!).filter(chosen), planLesson],
    [readHelps(all).filter(chosen), planHelp],
  ];
  const rows: Row[] = [];
  const add = (row: Row) => {
    rows.push(row);
    if (!json) console.info(lineOf(row));
  };
  await using shops = lazyShop(here);
  const grounds = groundsOf(shops.shop, process.env);
  for (const [some, plan] of kinds)
    for (const page of some) {
      rowsNotRun(page, here).forEach(add);
      for (const place of here) {
        await using planned = plan({ page, place, open: grounds[place] });
        for (const step of planned.steps)
          add(list ? { at: step.title, place, state: 'listed' } : { ...(await resultOf(step)), place });
      }
    }
  const { text, code } = summaryOf(rows, (Date.now() - start) / 1000);
  console.info(json ? JSON.stringify({ place: PLACE, rows }, null, 2) : `\n${text}`);
  return code;
}

async function resultOf({ title, run }: Step): Promise<Row> {
  const start = Date.now();
  const failure = await run().then(
    () => undefined,
    (error: Error) => error.message,
  );
  const seconds = (Date.now() - start) / 1000;
  return failure === undefined
    ? { at: title, state: 'passed', seconds }
    : { at: title, state: 'failed', seconds, reason: failure };
}

/** The shop of this run, which starts when the first block needs it. */
function lazyShop(here: readonly BlockPlace[]) {
  let shop: Promise<Place> | undefined;
  return {
    shop: () =>
      (shop ??= here.includes('cluster')
        ? openPlace(PLACE, { env: process.env })
        : startLocalPlace({ env: process.env })),
    [Symbol.asyncDispose]: async () => (await shop)?.[Symbol.asyncDispose](),
  };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
