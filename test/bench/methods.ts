import { setTimeout as wait } from 'node:timers/promises';
import { BASE, CANARY, type Version, waitForVersion } from './follow.ts';
import type { Measure } from './measure.ts';
import { shuffled } from './random.ts';
import type { RunningShop } from './shops.ts';

/** A method to change the canary. */
export interface ChangeMethod {
  what: string;
  /** The gateway whose answers show whether traffic follows. */
  url: string;
  /** Used in one of this many rounds. */
  every: number;
  /** Milliseconds of pause before each change, plus a random part up to the same: istiod would combine two close changes. */
  rest: number;
  /** Before each pair of changes, and not measured: without it another method's newer object would stay. */
  prepare?(): Promise<unknown>;
  change(version: Version): Promise<unknown>;
  /** Restores the base's weights. */
  undo(file: string): Promise<unknown>;
  budget?: NonNullable<Measure['budget']>;
  /** Milliseconds from the start of the change to the first answer that follows, and to the end of the command. */
  followed: number[];
  alone: number[];
}

export const empty = (): Pick<ChangeMethod, 'followed' | 'alone'> => ({ followed: [], alone: [] });

export interface Rounds {
  /** Each pair is a change to v2 and back, so that every method starts from the same weights. */
  pairs: number;
  random: () => number;
  say(text: string): void;
}

/** Makes changes by every method in turn, in a seeded order; adds the times to the methods and returns the notes about them. */
export async function measureChanges(
  methods: readonly ChangeMethod[],
  { pairs, random, say }: Rounds,
): Promise<string[]> {
  let failed = 0;
  for (let pair = 0; pair < pairs; pair++)
    for (const method of shuffled(methods, random)) {
      if (pair % method.every) continue;
      say(`changes ${2 * pair + 1} and ${2 * pair + 2} of ${2 * pairs}: ${method.what}`);
      await method.prepare?.();
      for (const version of ['v2', 'v1'] as const) {
        await wait(method.rest * (1 + random()));
        await measure(method, { version, failed: () => failed++ });
      }
    }
  for (const { undo } of methods) await undo(BASE);
  return [NOTE, `${failed} of the requests during the changes were not answered 200.`];
}

const NOTE =
  'Requests are sent one after the other; time is counted from the start of the command, or of the save, to the end of the first answer by the new weights.';

async function measure(method: ChangeMethod, { version, failed }: { version: Version; failed(): void }): Promise<void> {
  const began = performance.now();
  const command = method.change(version).then(() => method.alone.push(performance.now() - began));
  const [followed] = await Promise.all([waitForVersion(method.url, version, { failed }), command]);
  method.followed.push(followed - began);
}

/** `tuesday apply` as a process of its own, in a running shop. */
export function tuesdayApply({ url, tuesday }: RunningShop): ChangeMethod {
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

/** The time until traffic follows a change. */
export function trafficMeasure({ what, followed: values, budget }: ChangeMethod): Measure {
  return { what: `${what} → traffic`, unit: 'ms', values, ...(budget && { budget }) };
}

/** The time until the command ends. */
export function commandMeasure({ what, alone: values }: ChangeMethod): Measure {
  return { what: `– ${what} until it ends`, unit: 'ms', values };
}
