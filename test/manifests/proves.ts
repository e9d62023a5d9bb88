import { describe, expect, test } from '@jest/globals';
import { edit, loadTree } from './tree.ts';
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

/** Makes mutants of one file, or of the one that is named, with something else in one place. */
export function changesOf(own: string) {
  type Change = [from: string | RegExp, to: string, complaint: string, file?: string];
  return (...[from, to, complaint, file = own]: Change): Mutant => [
    `"${String(from)}" becomes "${to}"${file === own ? '' : ` in ${file}`}`,
    (tree) => edit(tree, file, [from, to]),
    complaint,
  ];
}
