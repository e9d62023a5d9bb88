import { describe, expect, test } from '@jest/globals';
import { loadTree } from './tree.ts';
import type { Check, Tree } from './tree.ts';

/** What is done to the good tree, how, and a part of the complaint that must follow. */
export type Mutant = [done: string, mutate: (tree: Tree) => Tree, complaint: string];

/** A check finds nothing in the manifests as they are, and finds every mutant. */
export function proves(check: Check, mutants: readonly Mutant[]): void {
  const tree = loadTree();
  describe(check.name, () => {
    test('When the manifests stand as they are, then there is nothing to complain about', () => {
      expect(check(tree)).toEqual([]);
    });

    test.each(mutants)('When %s, then it is noticed', (_, mutate, complaint) => {
      expect(check(mutate(tree))).toContainEqual(expect.stringContaining(complaint));
    });
  });
}
