import { setTimeout as wait } from 'node:timers/promises';
import { BASE, CANARY, type Version, follows } from './follow.ts';
import type { Measure } from './measure.ts';
import { shuffled } from './random.ts';
import type { RunningShop } from './shops.ts';

/** A way to change the canary. */
export interface Way {
  what: string;
  /** The gateway that is asked whether traffic follows. */
  url: string;
  /** Once in how many rounds. */
  every: number;
  /** Milliseconds of rest before each change, and as much again at random: istiod gathers changes, and so must not see two as one. */
  rest: number;
  change(version: Version): Promise<unknown>;
  /** Puts the base's weights back. */
  undo(file: string): Promise<unknown>;
  budget?: NonNullable<Measure['budget']>;
  /** Milliseconds from the start of the change to the first answer that follows, and to the end of the command. */
  followed: number[];
  alone: number[];
}

export const empty = (): Pick<Way, 'followed' | 'alone'> => ({ followed: [], alone: [] });

export interface Rounds {
  /** Of changes there and back, so that each way finds what it left. */
  pairs: number;
  random: () => number;
  say(text: string): void;
}

/** Changes by every way in turn, in an order that the seed decides; fills their numbers, and gives the notes about them. */
export async function measureWays(ways: readonly Way[], { pairs, random, say }: Rounds): Promise<string[]> {
  let failed = 0;
  for (let pair = 0; pair < pairs; pair++)
    for (const way of shuffled(ways, random)) {
      if (pair % way.every) continue;
      say(`changes ${2 * pair + 1} and ${2 * pair + 2} of ${2 * pairs}: ${way.what}`);
      for (const version of ['v2', 'v1'] as const) {
        await wait(way.rest * (1 + random()));
        await measure(way, { version, failed: () => failed++ });
      }
    }
  for (const { undo } of ways) await undo(BASE);
  return [NOTE, `Of the requests that watched it, ${failed} were not answered 200.`];
}

const NOTE =
  'A request asks again as soon as the one before is answered; time is counted from the start of the command, or of the save, to the end of the first answer that follows.';

async function measure(way: Way, { version, failed }: { version: Version; failed(): void }): Promise<void> {
  const began = performance.now();
  const command = way.change(version).then(() => way.alone.push(performance.now() - began));
  const [followed] = await Promise.all([follows(way.url, version, { failed }), command]);
  way.followed.push(followed - began);
}

/** `tuesday apply` in a running shop, as a program of its own. */
export function applyWay({ url, tuesday }: RunningShop): Way {
  return {
    ...empty(),
    what: 'tuesday apply',
    url,
    every: 1,
    rest: 100,
    change: (version) => tuesday('apply', '-f', CANARY[version]),
    undo: (file) => tuesday('apply', '-f', file),
  };
}

/** How long until traffic follows a way, and how long its command takes. */
export function followedBy({ what, followed: values, budget }: Way): Measure {
  return { what: `${what} → traffic`, unit: 'ms', values, ...(budget && { budget }) };
}

export function untilItEnds({ what, alone: values }: Way): Measure {
  return { what: `– ${what} until it ends`, unit: 'ms', values };
}
