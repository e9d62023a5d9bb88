import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, type Purchase, buy, purchase, send } from './customer.ts';
import { SIZE } from './size.ts';

/** Milliseconds: after a change a proxy keeps open connections as they were for 45 s (drainDuration), and then closes them. */
const DRAIN = 55_000;
export const waitForDrain = () => wait(DRAIN);

/** One request under load: what, when, and its answer. */
export interface Sample {
  what: string;
  at: string;
  answer: Answer;
  /** The purchase; absent from reads. */
  wanted?: Purchase;
}

/** The requests of customers during an action. */
export interface Traffic {
  reads: Sample[];
  orders: Sample[];
}

const PAGES = ['/api/products', '/api/recommendations?sku=tent-2p'];

/**
 * Customers read and buy at SIZE's rates, whatever the answers, until `action` has ended and, if `enough` is given, two
 * seconds more and until there were that many requests. An open loop: slow answers do not slow the customers down.
 */
export async function trafficDuring(
  url: string,
  action: () => Promise<unknown>,
  { enough = 0 } = {},
): Promise<Traffic> {
  const samples: Promise<Sample>[] = [];
  const ask = (what: string, call: () => Promise<Answer>, wanted?: Purchase) => {
    const at = new Date().toISOString();
    samples.push(call().then((answer) => ({ what, at, answer, ...(wanted && { wanted }) })));
  };
  let turn = 0;
  const reading = setInterval(() => {
    const page = PAGES[turn++ % PAGES.length]!;
    ask(page, () => send(`${url}${page}`));
  }, 1_000 / SIZE.readsPerSecond);
  const buying = setInterval(() => {
    const wanted = purchase();
    ask('POST /api/checkout', () => buy(url, wanted), wanted);
  }, 1_000 / SIZE.checkoutsPerSecond);
  try {
    await action();
    if (enough) await wait(2_000);
    while (samples.length < enough) await wait(100);
  } finally {
    clearInterval(reading);
    clearInterval(buying);
  }
  const all = await Promise.all(samples);
  return { reads: all.filter(({ wanted }) => !wanted), orders: all.filter(({ wanted }) => wanted) };
}

/** The requests whose answer is not 200 (reads) or 201 (orders). */
export const failedOf = (samples: Sample[]) =>
  samples.filter(({ answer, wanted }) => answer.status !== (wanted ? 201 : 200));

/** One line for each failure: when, what, and the answer. */
export const failureLines = (samples: Sample[]) =>
  failedOf(samples).map(({ what, at, answer: { status, body } }) => `${at} ${what}: ${status} ${JSON.stringify(body)}`);

/** Prints the number of failures, and the first five. */
export function report(what: string, { reads, orders }: Traffic): void {
  const counted = (samples: Sample[]) => `${failedOf(samples).length} of ${samples.length}`;
  const some = failureLines([...reads, ...orders]).slice(0, 5);
  console.info([`${what}: failed ${counted(reads)} reads, ${counted(orders)} checkouts`, ...some].join('\n  '));
}
