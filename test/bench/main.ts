import { join } from 'node:path';
import type { Bench, Context } from './bench.ts';
import { BENCHES } from './benches.ts';
import { updateDocument } from './document.ts';
import { described, thisMachine } from './machine.ts';
import { helpText, readOptions } from './options.ts';
import { randomFrom } from './random.ts';
import { asData, type Report, type Result } from './report.ts';
import { createProgress, resultScreen } from './screen.ts';
import { ROOT, createShops } from './shops.ts';

/** npm run bench: see `--help`. Exit 1 when a bench could not be run; a missed budget is only printed. */
async function main(words: readonly string[]): Promise<void> {
  const options = readOptions(
    words,
    BENCHES.map(({ name }) => name),
  );
  if (options.help) return console.log(helpText(BENCHES));
  const { size, seed, only, json } = options;
  const report: Report = { machine: thisMachine(), seed, size: size.name, at: new Date().toISOString(), results: [] };
  const progress = createProgress(process.stderr);
  await using shops = await createShops();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void shops[Symbol.asyncDispose]().then(() => process.exit(130)));
  if (!json) console.log(`${described(report.machine)}; seed ${seed}, ${size.name} size`);

  for (const bench of BENCHES.filter(({ name }) => only.length === 0 || only.includes(name))) {
    const say = (text: string) => progress.say(`${bench.name}: ${text}`);
    // Each bench starts from the seed, so that its order is the same with --only.
    const result = await attempt(bench, { size, random: randomFrom(seed), shops, say });
    progress.clear();
    report.results.push(result);
    if (!json) console.log(resultScreen(result).trimEnd());
  }
  if (json) console.log(JSON.stringify(asData(report), null, 2));
  if (size.name === 'full') await updateDocument(join(ROOT, 'docs/performance.md'), report);
  if (report.results.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
}

async function attempt({ name, title, run }: Bench, context: Context): Promise<Result> {
  try {
    return { name, title, ...(await run(context)) };
  } catch (error) {
    return { name, title, measures: [], notes: [], failure: (error as Error).message };
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
