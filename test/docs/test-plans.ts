import { afterAll, describe, expect, test } from '@jest/globals';
import type { Page } from './read/page.ts';
import type { Plan } from './run/plan.ts';

/** Milliseconds for one step: a set-up that downloads, or a deployment. */
const LIMIT = 300_000;

/** Tests that documents can be read, and then each step of their plans, in order. */
export function testPlans(pages: readonly Page[], plans: readonly Plan[]): void {
  test('When the documents are read, then every block has a place or a reason', () => {
    expect(pages.flatMap(({ faults }) => faults)).toEqual([]);
  });
  for (const plan of plans.filter(({ steps }) => steps.length > 0))
    describe(plan.file, () => {
      afterAll(async () => plan[Symbol.asyncDispose](), LIMIT);
      for (const { title, run } of plan.steps) test(title, run, LIMIT);
    });
}
