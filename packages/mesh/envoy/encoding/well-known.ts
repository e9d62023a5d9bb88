import { isObject } from './object.ts';

/** How ProtoJSON writes a type of google.protobuf. */
interface Form {
  /** What must stand there, for an error. */
  what: string;
  /** The fields of the message, as any other message has them in JSON; undefined for a value that is wrong. */
  fieldsOf(json: unknown): Record<string, unknown> | undefined;
}

const DURATION = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/;
const MOST_SECONDS = 315_576_000_000;
const TIMESTAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;
const FIRST_YEAR = Date.parse('0001-01-01T00:00:00Z') / 1000;

const duration: Form = {
  what: 'a duration, such as "1.5s"',
  fieldsOf(json) {
    const [, sign, seconds, fraction] = (typeof json === 'string' && DURATION.exec(json)) || [];
    if (seconds === undefined || Number(seconds) > MOST_SECONDS) return undefined;
    const factor = sign === '-' ? -1 : 1;
    return { seconds: factor * Number(seconds), nanos: factor * nanosOf(fraction) };
  },
};

const timestamp: Form = {
  what: 'a time, such as "2026-01-31T12:00:00Z"',
  fieldsOf(json) {
    const [, date, fraction, zone] = (typeof json === 'string' && TIMESTAMP.exec(json)) || [];
    const seconds = Date.parse(`${date}${zone}`) / 1000;
    return seconds >= FIRST_YEAR ? { seconds, nanos: nanosOf(fraction) } : undefined;
  },
};

/** `{"fields": {"a": …}}` is written as `{"a": …}`. */
const struct: Form = {
  what: 'an object',
  fieldsOf: (json) => (isObject(json) ? { fields: json } : undefined),
};

const list: Form = {
  what: 'a list',
  fieldsOf: (json) => (Array.isArray(json) ? { values: json } : undefined),
};

const value: Form = {
  what: 'a value of JSON',
  fieldsOf(json) {
    if (json === null) return { null_value: 'NULL_VALUE' };
    if (typeof json === 'number') return { number_value: json };
    if (typeof json === 'string') return { string_value: json };
    if (typeof json === 'boolean') return { bool_value: json };
    if (Array.isArray(json)) return { list_value: json };
    return isObject(json) ? { struct_value: json } : undefined;
  },
};

/** `{"value": 5}` is written as `5`: so a 0 that was set differs from none. */
const wrapper: Form = {
  what: 'a value',
  fieldsOf: (json) => (json === null || json === undefined ? undefined : { value: json }),
};

/**
 * The types of google.protobuf that ProtoJSON writes in a form of their own, by name, except Any, which holds a message.
 * google.protobuf.Empty is like any other message. Source: protobuf.dev, ProtoJSON Format, "Representation of each type".
 */
export const FORMS: ReadonlyMap<string, Form> = new Map(
  Object.entries({
    Duration: duration,
    Timestamp: timestamp,
    Struct: struct,
    ListValue: list,
    Value: value,
    BoolValue: wrapper,
    BytesValue: wrapper,
    DoubleValue: wrapper,
    Int32Value: wrapper,
    Int64Value: wrapper,
    StringValue: wrapper,
    UInt32Value: wrapper,
    UInt64Value: wrapper,
  }).map(([name, form]) => [`google.protobuf.${name}`, form]),
);

/** `5` after the point is half a second. */
function nanosOf(fraction = ''): number {
  return Number(fraction.padEnd(9, '0'));
}
