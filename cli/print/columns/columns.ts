import type { KubeObject } from '../../shop/objects.ts';

/** One column of `get`: its heading, an object's value in it, and whether only `-o wide` shows it. */
export interface Column {
  title: string;
  value(object: KubeObject, now: number): string;
  wide?: boolean;
}

/** The columns of a table, NAME left out: every kind has it. */
export type Columns = readonly Column[];

/** A column that needs no clock. */
export function column(title: string, value: (object: KubeObject) => string, wide = false): Column {
  return { title, value, wide };
}

/** kubectl's text for a missing value. */
export const NONE = '<none>';
