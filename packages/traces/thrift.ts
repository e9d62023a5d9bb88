import { BadSpans } from './span.ts';

/** A value of Thrift's binary protocol: a struct is a record by field id, because the format has no field names. */
export type ThriftValue = boolean | number | bigint | Buffer | ThriftValue[] | ThriftStruct;
export interface ThriftStruct {
  [fieldId: number]: ThriftValue;
}

/** Element types of the protocol (thrift/doc/specs/thrift-binary-protocol.md). */
const STOP = 0;
const BOOL = 2;
const BYTE = 3;
const DOUBLE = 4;
const I16 = 6;
const I32 = 8;
const I64 = 10;
const STRING = 11;
const STRUCT = 12;
const LIST_TYPES = new Set([14, 15]);

/** Jaeger's own messages nest four deep; the limit stops a hostile body before the stack overflows. */
const MAX_DEPTH = 16;
/** An element may be a single byte and still become an object: without a limit 8 MiB of body would become half a GiB. */
const MAX_ELEMENTS = 65_536;

/** Reads a struct in Thrift's binary protocol, which has its types but not its names. Throws BadSpans for anything else. */
export function readThriftStruct(body: Buffer): ThriftStruct {
  let at = 0;

  function take(bytes: number): number {
    const from = at;
    at += bytes;
    if (bytes < 0 || at > body.length) throw new BadSpans('The body ends in the middle of a Thrift value.');
    return from;
  }

  function struct(depth: number): ThriftStruct {
    const fields: ThriftStruct = {};
    for (;;) {
      const type = body.readInt8(take(1));
      if (type === STOP) return fields;
      const field = body.readInt16BE(take(2));
      fields[field] = value(type, depth + 1);
    }
  }

  function value(type: number, depth: number): ThriftValue {
    if (depth > MAX_DEPTH) throw new BadSpans('The body nests deeper than any Jaeger batch.');
    if (type === BOOL) return body.readInt8(take(1)) !== 0;
    if (type === BYTE) return body.readInt8(take(1));
    if (type === DOUBLE) return body.readDoubleBE(take(8));
    if (type === I16) return body.readInt16BE(take(2));
    if (type === I32) return body.readInt32BE(take(4));
    if (type === I64) return body.readBigInt64BE(take(8));
    if (type === STRING) return text();
    if (type === STRUCT) return struct(depth);
    if (LIST_TYPES.has(type)) return list(depth);
    throw new BadSpans(`The body has a Thrift value of type ${type}, which no Jaeger batch has.`);
  }

  function text(): Buffer {
    const length = body.readInt32BE(take(4));
    const from = take(length);
    return body.subarray(from, from + length);
  }

  function list(depth: number): ThriftValue[] {
    const type = body.readInt8(take(1));
    const length = body.readInt32BE(take(4));
    if (length < 0 || length > MAX_ELEMENTS) throw new BadSpans('The body has a list longer than any Jaeger batch.');
    return Array.from({ length }, () => value(type, depth + 1));
  }

  return struct(0);
}
