/** One change of one file: `find` must stand there exactly once. */
export interface Edit {
  /** Relative to the repository. */
  file: string;
  find: string;
  replace: string;
}

/** A guard taken away, and the test that must notice it. Two guards that cover each other go together, as two edits. */
export interface Mutant {
  /** What is taken away, in a few words. */
  name: string;
  edits: Edit[];
  /** The test file, as a pattern of paths. */
  tests: string;
  /** The title of the test that must fail, parameters filled in. */
  title: string;
  project?: 'unit' | 'e2e';
}

/** Applies the edit to a text. @throws Error if `find` is not there exactly once: the code has changed and the mutant with it must */
export function mutate(text: string, { file, find, replace }: Edit): string {
  const count = text.split(find).length - 1;
  if (count !== 1)
    throw new Error(`${file} holds the text to change ${count} times, not once: ${JSON.stringify(find)}`);
  return text.replace(find, () => replace);
}
