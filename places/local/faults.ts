import { errorOf } from './boundary.ts';

/** What goes wrong in the runner's own work, outside of pods, while the shop goes on. */
export interface Faults {
  /** Notes that a piece of work has failed: its last fault is kept. */
  note(work: string, thrown: unknown): void;
  /** Forgets the fault of a piece of work, once it has succeeded. */
  clear(work: string): void;
  /** A sentence for each piece of work that fails. */
  list(): string[];
}

/** No faults yet. Calls `onFault` with each new sentence. */
export function createFaults(onFault: (sentence: string) => void): Faults {
  const sentences = new Map<string, string>();
  return {
    note(work, thrown) {
      const sentence = `${work} failed: ${errorOf(thrown).message}`;
      if (sentences.get(work) === sentence) return;
      sentences.set(work, sentence);
      onFault(sentence);
    },
    clear: (work) => void sentences.delete(work),
    list: () => [...sentences.values()],
  };
}
