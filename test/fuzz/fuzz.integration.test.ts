import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { randomFrom } from '../bench/random.ts';
import { ROOT } from '../../places/repository.ts';
import { SIZE } from '../support/size.ts';
import { fieldMutations } from './fields.ts';
import { createJourney } from './journey.ts';
import { mutationsFrom, pick, poolOf } from './mutations.ts';

/** Of the first case; each case has the next one. `SEED=41 npm test -- test/fuzz` begins with another. */
const SEED = Number(process.env['SEED'] ?? 1);
/** Of processor time, in ms, for one case. */
const MOST_MS = 1_000;

const FILES = ['k8s', 'istio', 'packages/mesh/testdata', 'test'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name) && !name.endsWith('.out.yaml'))
    .sort()
    .map((name) => ({ name: join(folder, name), text: readFileSync(join(ROOT, folder, name), 'utf8') })),
);
const TEXTS = FILES.map(({ text }) => text);
/** Half of the mutations are of the text, and half of what it says. */
const MUTATIONS = [mutationsFrom(poolOf(TEXTS)), fieldMutations(TEXTS)];
const journey = createJourney();
afterAll(() => journey[Symbol.dispose]());

/** The file of a case, and its text. */
function mutated(seed: number): { name: string; text: string } {
  const random = randomFrom(seed);
  const { name, text } = pick(FILES, random)!;
  const count = 1 + Math.floor(3 * random() ** 2);
  let changed = text;
  for (let done = 0; done < count; done++) changed = pick(pick(MUTATIONS, random)!, random)!(changed, random);
  return { name, text: changed };
}

/** How a case ends: `read`, `refused`, or what is wrong with it. */
function outcome(seed: number): string {
  const { name, text } = mutated(seed);
  const start = process.cpuUsage();
  let result = 'read';
  try {
    journey.travel(basename(name), text);
  } catch (error) {
    result = wrongIn(error as Error) ?? 'refused';
  }
  const ms = process.cpuUsage(start).user / 1000;
  if (ms > MOST_MS) result = `takes ${Math.round(ms)} ms`;
  return result === 'read' || result === 'refused' ? result : `SEED=${seed}: ${name}: ${result}`;
}

/** An error is right if it is one sentence with file and line that a terminal can show. */
function wrongIn({ name, message, stack }: Error): string | undefined {
  if (name !== 'ManifestError') return stack;
  const isPlaced = /^\S+:\d+: [^\n]+ Nothing was changed\.$|: (cannot be read|this folder)/.test(message);
  return isPlaced && !/\p{Cc}/u.test(message) && message.length < 2_500 ? undefined : JSON.stringify(message);
}

test('When our own files are mutated, then each is read, or refused in one sentence with file and line, within a second', () => {
  const outcomes = Array.from({ length: SIZE.mutations }, (_, index) => outcome(SEED + index));
  const counts = Object.groupBy(outcomes, (one) => (one.startsWith('SEED') ? 'wrong' : one));
  expect(counts['wrong']?.slice(0, 5) ?? []).toEqual([]);
  // Mutations that nearly always, or never, lead to what cannot be read would try nothing.
  expect(counts['read']?.length).toBeGreaterThan(SIZE.mutations / 5);
  expect(counts['refused']?.length).toBeGreaterThan(SIZE.mutations / 5);
}, 600_000);
