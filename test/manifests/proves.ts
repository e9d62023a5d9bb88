import { describe, expect, test } from '@jest/globals';
import { edit, loadTree } from './tree.ts';
import type { Check, Tree } from './tree.ts';

/** A change of the tree: its description, the change, and a part of the expected complaint. */
export type Mutant = [what: string, mutate: (tree: Tree) => Tree, complaint: string];

/** Tests a check: it complains about none of the manifests as they are, and about every mutant. */
export function proves(check: Check, mutants: readonly Mutant[]): void {
  const tree = loadTree();
  describe(check.name, () => {
    test('When the manifests are unchanged, then there is no complaint', () => {
      expect(check(tree)).toEqual([]);
    });

    test.each(mutants)('When %s, then it is detected', (_, mutate, complaint) => {
      expect(check(mutate(tree))).toContainEqual(expect.stringContaining(complaint));
    });
  });
}

/** Returns a function that makes mutants of one file, or of the named one, by replacing a text. */
export function changesOf(own: string) {
  type Change = [from: string | RegExp, to: string, complaint: string, file?: string];
  return (...[from, to, complaint, file = own]: Change): Mutant => [
    `"${String(from)}" becomes "${to}"${file === own ? '' : ` in ${file}`}`,
    (tree) => edit(tree, file, [from, to]),
    complaint,
  ];
}
