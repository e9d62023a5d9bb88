import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, Context, Findings } from '../bench.ts';
import { type Measure, ratios } from '../measure.ts';
import { PARTS, mebibytes, partsOf } from '../parts.ts';
import { shuffled } from '../random.ts';
import { KINDS, type Kind } from '../shops.ts';

/** Seconds without requests before the memory is measured. */
const REST = 3;

/** One start: its seconds, and by part the milliseconds of CPU at "Ready" and the MiB a little later. */
interface Start {
  seconds: number;
  cpu: Record<string, number>;
  memory: Record<string, number>;
}

/** Measures starts with filled caches, meshed and unmeshed in turn: time, CPU and memory. */
export const START: Bench = { name: 'start', title: 'Start and memory', run };

async function run({ size, random, shops, say }: Context): Promise<Findings> {
  say('starting both once, to fill the caches');
  await shops.prepare();
  const starts: Record<Kind, Start[]> = { meshed: [], unmeshed: [] };
  for (let round = 0; round < size.starts; round++)
    for (const kind of shuffled(KINDS, random)) {
      say(`start ${round + 1} of ${size.starts}, ${kind}`);
      const { shop, ms } = await shops.start(kind);
      const { cpu } = byPart(partsOf(shop));
      await wait(REST * 1_000);
      starts[kind].push({ seconds: ms / 1_000, cpu, memory: byPart(partsOf(shop)).memory });
      // In the short size the next benches use this shop.
      if (size.name === 'full') await shops.stop(kind);
    }
  return { measures: measuresOf(starts), notes: NOTES };
}

const NOTES = [
  'A start is counted from the command that `npm start` runs to its line "Ready": the database runs, every pod is ready, and a checkout through the gateway was answered 201.',
  `Memory is PSS, which divides a shared page among its processes, ${REST} s after "Ready", with the runner and PostgreSQL.`,
];

function byPart(parts: ReturnType<typeof partsOf>): Pick<Start, 'cpu' | 'memory'> {
  const of = (value: (part: { pss: number; cpu: number }) => number) =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, value(part)]));
  return { cpu: of(({ cpu }) => cpu), memory: of(({ pss }) => mebibytes(pss)) };
}

function measuresOf({ meshed, unmeshed }: Record<Kind, Start[]>): Measure[] {
  const seconds = (starts: Start[]) => starts.map((start) => start.seconds);
  const cpu = (starts: Start[], part: string) => starts.map((start) => start.cpu[part]! / 1_000);
  const memory = (starts: Start[], part: string) => starts.map((start) => start.memory[part]!);
  return [
    { what: 'start, meshed', unit: 's', values: seconds(meshed), budget: { at: 'median', limit: 4.5 } },
    { what: 'start, unmeshed', unit: 's', values: seconds(unmeshed) },
    ratios('start, meshed / unmeshed', seconds(meshed), seconds(unmeshed)),
    { what: 'CPU until then, meshed', unit: 's', values: cpu(meshed, 'all') },
    ...PARTS.map((part): Measure => ({ what: `– of it ${part}`, unit: 's', values: cpu(meshed, part) })),
    { what: 'CPU until then, unmeshed', unit: 's', values: cpu(unmeshed, 'all') },
    { what: 'memory, meshed', unit: 'MiB', values: memory(meshed, 'all'), budget: { at: 'median', limit: 666 } },
    ...PARTS.map((part): Measure => ({ what: `– of it ${part}`, unit: 'MiB', values: memory(meshed, part) })),
    { what: 'memory, unmeshed', unit: 'MiB', values: memory(unmeshed, 'all') },
    ratios('memory, meshed / unmeshed', memory(meshed, 'all'), memory(unmeshed, 'all')),
  ];
}
