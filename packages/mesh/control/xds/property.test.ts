import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { SIZE } from '../../../../test/support/size.ts';
import { perform, type Operation, type Sequence } from './testing/operations.ts';

/** The same sequences each time; another number finds others. */
const SEED = 1;

/** The more often one stands here, the more often it is chosen; a failure is made smaller with `nothing`. */
const ACTS: readonly Operation['act'][] = [
  'nothing',
  ...Array.from({ length: 4 }, () => 'push' as const),
  ...Array.from({ length: 3 }, () => 'push what may be bad' as const),
  ...([
    'trial',
    'trial',
    'end of trial',
    'end of trial',
    'lose',
    'lose',
    'restart',
    'restart plane',
    'forget',
  ] as const),
];

const operations = fc.array(fc.record({ act: fc.constantFrom(...ACTS), seed: fc.nat(1_000_000), drain: fc.nat(13) }), {
  minLength: 30,
  maxLength: 60,
});
const sequenceOf = (lingerMs: number) =>
  fc.record({
    seed: fc.nat(1_000_000),
    envoys: fc.integer({ min: 2, max: 3 }),
    lingerMs: fc.constant(lingerMs),
    endsWell: fc.boolean(),
    operations,
  });

const pass = (ms: number) => void jest.advanceTimersByTime(ms);

/** Performs many sequences. Where one fails, the error has it in its smallest form, and the log of what happened. */
function performMany(lingerMs: number, numRuns: number): void {
  const property = fc.property(sequenceOf(lingerMs), (sequence) => perform(sequence, { pass }));
  const result = fc.check(property, { numRuns, seed: SEED });
  if (!result.failed) return;
  const [found] = result.counterexample!;
  const short = { ...found, operations: found.operations.filter(({ act, drain }) => act !== 'nothing' || drain > 0) };
  throw new Error(`perform(${JSON.stringify(short)}) fails: ${reasonOf(short)}`);
}

function reasonOf(sequence: Sequence): string {
  try {
    perform(sequence, { isLogged: true, pass });
    return 'not when it is performed again';
  } catch (error) {
    return `${(error as Error).message}\n${String((error as Error).cause)}`;
  }
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('When pushes, restarts, lost connections and trials come in any order, then each Envoy ends as a fresh one', () => {
  expect(() => performMany(0, SIZE.sequences)).not.toThrow();
});

test('When clusters linger, then each Envoy ends as a fresh one, too', () => {
  expect(() => performMany(5, SIZE.sequences / 10)).not.toThrow();
});
