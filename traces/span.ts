export type TagValue = string | number | boolean;

/** One span, whichever format it came in. */
export interface Span {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  parentId: string | undefined;
  name: string;
  /** The service that made it, and what is known about that. */
  service: string;
  processTags: Record<string, TagValue>;
  tags: Record<string, TagValue>;
  /** Microseconds since 1970. */
  start: number;
  /** Microseconds. */
  duration: number;
}

/** A body that is none of what its content type says; the message is for its sender. */
export class BadSpans extends Error {
  override readonly name = 'BadSpans';
}

const HEX = /^[0-9a-f]{1,32}$/i;

/** An id as every format of ours has it: 64-bit trace ids and ids without their leading zeros are padded. Throws BadSpans. */
export function id(text: unknown, digits: 16 | 32): string {
  if (typeof text !== 'string' || !HEX.test(text) || text.length > digits)
    throw new BadSpans(`"${String(text).slice(0, 40)}" is no id of at most ${digits} hexadecimal digits.`);
  return text.toLowerCase().padStart(digits, '0');
}

/** Undefined for a missing or all-zero parent. */
export function parent(text: unknown): string | undefined {
  if (text === undefined || text === null || text === '' || /^0+$/.test(String(text))) return undefined;
  return id(text, 16);
}
