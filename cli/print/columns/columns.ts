import type { KubeObject } from '../../shop/objects.ts';

/** One column of `get`: its heading, what an object has there, and whether only `-o wide` shows it. */
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

/** kubectl's word for what is not there. */
export const NONE = '<none>';
