import type { Measure } from './measure.ts';
import type { Random } from './random.ts';
import type { Shops } from './shops.ts';
import type { Size } from './size.ts';

/** What a bench works with. */
export interface Context {
  size: Size;
  random: Random;
  shops: Shops;
  /** Says on the terminal how far it is. */
  say(text: string): void;
}

/** What a bench has found out. */
export interface Findings {
  measures: Measure[];
  /** What a reader has to know beside the numbers, and what was not measured. */
  notes: string[];
}

/** One thing that is measured. */
export interface Bench {
  /** For `--only`, and the marker in docs/performance.md. */
  name: string;
  title: string;
  run(context: Context): Promise<Findings>;
}
