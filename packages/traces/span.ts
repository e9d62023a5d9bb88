/** A bigint is a value that its sender declared as an integer (Jaeger's int64); a number may have a fraction. */
export type TagValue = string | number | bigint | boolean;
export type Tags = Record<string, TagValue>;

/** Something that happened during a span: an event of OTLP, an annotation of Zipkin, a log of Jaeger. */
export interface Log {
  /** Microseconds since 1970. */
  at: number;
  fields: Tags;
}

/** One span, whichever format it came in. */
export interface Span {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  parentId: string | undefined;
  name: string;
  /** The service that recorded it, and that service's tags. */
  service: string;
  processTags: Tags;
  tags: Tags;
  /** Undefined where there is none, as in most spans. */
  logs: Log[] | undefined;
  /** Microseconds since 1970. */
  start: number;
  /** Microseconds. */
  duration: number;
}

/** A body that does not match its content type; the message is for its sender. */
export class BadSpans extends Error {
  override readonly name = 'BadSpans';
}

const HEX = /^[0-9a-f]{1,32}$/i;

/** An id in lower case with all its digits: 64-bit trace ids and ids without their leading zeros are padded. Throws BadSpans. */
export function id(text: unknown, digits: 16 | 32): string {
  if (typeof text !== 'string' || !HEX.test(text) || text.length > digits)
    throw new BadSpans(`"${String(text).slice(0, 40)}" is not an id of at most ${digits} hexadecimal digits.`);
  return text.toLowerCase().padStart(digits, '0');
}

/** A parent's id; undefined for a missing or all-zero one. Throws BadSpans. */
export function parent(text: unknown): string | undefined {
  if (text === undefined || text === null || text === '' || /^0+$/.test(String(text))) return undefined;
  return id(text, 16);
}

/** A time that a body gives as a number, or as a number in a string. Throws BadSpans. */
export function time(value: unknown): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0)
    throw new BadSpans(`"${String(value).slice(0, 40)}" is not a time.`);
  return number;
}

/** Undefined for an empty list, so that the many spans without logs store none. */
export function orNone<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
