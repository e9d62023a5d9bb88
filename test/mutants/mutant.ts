/** One change of one file: `find` must occur there exactly once. */
export interface Edit {
  /** Relative to the repository. */
  file: string;
  find: string;
  replace: string;
}

/** A guard that is removed, and the test that must fail then. Two guards that replace each other are removed together, by two edits. */
export interface Mutant {
  /** The guard, in a few words. */
  name: string;
  edits: Edit[];
  /** The test file, as a pattern of paths. */
  tests: string;
  /** The title of the test that must fail, with its parameters. */
  title: string;
}

/** Applies the edit to a text. @throws Error if `find` does not occur exactly once: the code has changed, so update the mutant */
export function mutate(text: string, { file, find, replace }: Edit): string {
  const count = text.split(find).length - 1;
  if (count !== 1)
    throw new Error(`${file} contains the text to change ${count} times, not once: ${JSON.stringify(find)}`);
  return text.replace(find, () => replace);
}
