import type { Kubectl } from '../kubectl/kubectl.ts';

/** One thing that the shop needs of a cluster. */
export interface Check {
  /** One word: what stands before the finding on the screen. */
  title: string;
  /** Gives a sentence about what is there; throws Failure for what is not. Looks only, and changes nothing. */
  look(kubectl: Kubectl): Promise<string>;
}
