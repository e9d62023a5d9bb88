import { buy, purchase } from '../../support/customer.ts';
import { repeat } from '../../support/split.ts';
import type { Bench, Context, Findings } from '../bench.ts';
import { type Measure, ratios } from '../measure.ts';
import { PARTS, type Part, mebibytes, partsOf } from '../parts.ts';
import { shuffled } from '../random.ts';
import { KINDS, type Kind, type RunningShop } from '../shops.ts';

/** One round: checkouts per second, milliseconds of CPU per checkout by part, MiB after it, and the number not answered 201. */
interface Round {
  perSecond: number;
  cpu: Record<Part, number>;
  memory: number;
  failed: number;
}

/** Measures checkouts per second and the CPU of each, meshed and unmeshed in turn. */
export const CHECKOUTS: Bench = { name: 'checkouts', title: 'Checkouts per second, and the CPU of one', run };

async function run({ size, random, shops, say }: Context): Promise<Findings> {
  const { rounds, count } = size.checkouts;
  const found: Record<Kind, Round[]> = { meshed: [], unmeshed: [] };
  for (const kind of KINDS) {
    say(`warming up the ${kind} shop`);
    await sell(await shops.running(kind), count);
  }
  for (let round = 0; round < rounds; round++)
    for (const kind of shuffled(KINDS, random)) {
      say(`round ${round + 1} of ${rounds}, ${count} checkouts, ${kind}`);
      found[kind].push(await sell(await shops.running(kind), count));
    }
  const failed = KINDS.flatMap((kind) => found[kind]).reduce((sum, round) => sum + round.failed, 0);
  const note = `${count} checkouts in each round, eight at once, through the gateway, from a process on the same machine, while the other shop is idle. ${failed} of ${2 * rounds * count} were not answered 201. Without a mesh, a small proxy in the runner is the gateway.`;
  return { measures: measuresOf(found), notes: [note] };
}

async function sell(shop: RunningShop, count: number): Promise<Round> {
  const before = partsOf(shop);
  const began = performance.now();
  const answers = await repeat(count, () => buy(shop.url, purchase()));
  const seconds = (performance.now() - began) / 1_000;
  const after = partsOf(shop);
  const spent = (part: Part) => (after[part].cpu - before[part].cpu) / count;
  return {
    perSecond: count / seconds,
    cpu: Object.fromEntries([...PARTS, 'all' as const].map((part) => [part, spent(part)])) as Record<Part, number>,
    memory: mebibytes(after.all.pss),
    failed: answers.filter(({ status }) => status !== 201).length,
  };
}

function measuresOf({ meshed, unmeshed }: Record<Kind, Round[]>): Measure[] {
  const rate = (rounds: Round[]) => rounds.map(({ perSecond }) => perSecond);
  const cpu = (rounds: Round[], part: Part) => rounds.map((round) => round.cpu[part]);
  const memory = (rounds: Round[]) => rounds.map((round) => round.memory);
  return [
    { what: 'checkouts, meshed', unit: '/s', values: rate(meshed) },
    { what: 'checkouts, unmeshed', unit: '/s', values: rate(unmeshed) },
    ratios('checkouts, meshed / unmeshed', rate(meshed), rate(unmeshed)),
    { what: 'CPU of one, meshed', unit: 'ms', values: cpu(meshed, 'all') },
    ...PARTS.map((part): Measure => ({ what: `– of it ${part}`, unit: 'ms', values: cpu(meshed, part) })),
    { what: 'CPU of one, unmeshed', unit: 'ms', values: cpu(unmeshed, 'all') },
    ratios('CPU of one, meshed / unmeshed', cpu(meshed, 'all'), cpu(unmeshed, 'all')),
    { what: 'memory after a round, meshed', unit: 'MiB', values: memory(meshed) },
    { what: 'memory after a round, unmeshed', unit: 'MiB', values: memory(unmeshed) },
  ];
}
