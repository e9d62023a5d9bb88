import type { TagValue, Tags } from './span.ts';

/** A value of OTLP; exactly one of its fields is set. In JSON an int64 may be a string. */
export interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string | number;
  doubleValue?: number;
  arrayValue?: { values?: AnyValue[] };
  kvlistValue?: { values?: KeyValue[] };
  bytesValue?: string | Buffer;
}
export interface KeyValue {
  key: string;
  value?: AnyValue;
}

/** Attributes as tags. */
export function tagsOf(attributes: KeyValue[] = []): Tags {
  return Object.fromEntries(attributes.map(({ key, value = {} }) => [key, tagValue(value)]));
}

/** Tags have no lists, so lists and maps become JSON text, as in Jaeger. Throws SyntaxError for an intValue that is not an integer. */
function tagValue(value: AnyValue): TagValue {
  if (value.intValue !== undefined) return BigInt(value.intValue);
  const found = plain(value);
  return typeof found === 'object' ? JSON.stringify(found) : found;
}

type Plain = string | number | boolean | Plain[] | { [key: string]: Plain };

function plain(value: AnyValue): Plain {
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } = value;
  if (intValue !== undefined) return Number(intValue);
  if (arrayValue) return (arrayValue.values ?? []).map(plain);
  if (kvlistValue)
    return Object.fromEntries((kvlistValue.values ?? []).map(({ key, value: its = {} }) => [key, plain(its)]));
  if (Buffer.isBuffer(bytesValue)) return bytesValue.toString('base64');
  return stringValue ?? boolValue ?? doubleValue ?? bytesValue ?? '';
}
