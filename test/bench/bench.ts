import type { Measure } from './measure.ts';
import type { Random } from './random.ts';
import type { Shops } from './shops.ts';
import type { Size } from './size.ts';

/** What a bench gets to work with. */
export interface Context {
  size: Size;
  random: Random;
  shops: Shops;
  /** Shows the progress on the terminal. */
  say(text: string): void;
}

/** The results of a bench. */
export interface Findings {
  measures: Measure[];
  /** What a reader must know about the numbers, and what was not measured. */
  notes: string[];
}

/** One benchmark. */
export interface Bench {
  /** For `--only`, and the marker in docs/performance.md. */
  name: string;
  title: string;
  run(context: Context): Promise<Findings>;
}
