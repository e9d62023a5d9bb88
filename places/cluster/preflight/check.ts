import type { Kubectl } from '../kubectl/kubectl.ts';

/** One thing that a cluster must have for the shop. */
export interface Check {
  /** One word, printed before the result. */
  title: string;
  /** Gives a sentence about what it found; throws Failure for what is missing. Changes nothing. */
  look(kubectl: Kubectl): Promise<string>;
}
