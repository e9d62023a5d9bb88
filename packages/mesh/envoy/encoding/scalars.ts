import { WIRE, type WireType, type Writer } from './writer.ts';

type ScalarValue = string | number | bigint | boolean | Uint8Array;

/** A type of protobuf whose values are not messages. */
export interface Scalar<Value extends ScalarValue = ScalarValue> {
  wireType: WireType;
  /** What its values are, for an error: `a string`. */
  what: string;
  /** The value that stands in the JSON; undefined if none of this type stands there. */
  read(json: unknown): Value | undefined;
  /** Whether this is the value that a field has when nothing is written. */
  isZero(value: Value): boolean;
  /** Writes the value, without a tag. */
  write(writer: Writer, value: Value): void;
}

const WHOLE = /^(0|-?[1-9]\d{0,19})$/;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const NOT_FINITE = new Map([NaN, Infinity, -Infinity].map((value) => [String(value), value]));

const string: Scalar<string> = {
  wireType: WIRE.LENGTH,
  what: 'a string',
  // A half of a surrogate pair has no UTF-8.
  read: (json) => (typeof json === 'string' && json.isWellFormed() ? json : undefined),
  isZero: (value) => value === '',
  write: (writer, value) => writer.string(value),
};

const bytes: Scalar<Uint8Array> = {
  wireType: WIRE.LENGTH,
  what: 'bytes in base64',
  read: (json) => (typeof json === 'string' && isBase64(json) ? Buffer.from(json, 'base64') : undefined),
  isZero: (value) => value.length === 0,
  write: (writer, value) => writer.bytes(value),
};

const bool: Scalar<boolean> = {
  wireType: WIRE.VARINT,
  what: 'true or false',
  read: (json) => (typeof json === 'boolean' ? json : undefined),
  isZero: (value) => !value,
  write: (writer, value) => writer.varint(value ? 1 : 0),
};

const double: Scalar<number> = {
  wireType: WIRE.EIGHT_BYTES,
  what: 'a number (double)',
  read: (json) =>
    typeof json === 'string' ? NOT_FINITE.get(json) : Number.isFinite(json) ? (json as number) : undefined,
  isZero: (value) => Object.is(value, 0), // -0 is written
  write: (writer, value) => writer.double(value),
};

/** 64 bits: what is not exact as a number of JavaScript stands in a string. */
function whole64(name: string, least: bigint, most: bigint): Scalar<bigint | number> {
  return {
    wireType: WIRE.VARINT,
    what: `a whole number from ${least} to ${most} (${name})`,
    read(json) {
      if (!(typeof json === 'string' ? WHOLE.test(json) : Number.isSafeInteger(json))) return undefined;
      const value = BigInt(json as string | number);
      return value >= least && value <= most ? value : undefined;
    },
    isZero: (value) => value === 0n,
    write: (writer, value) => writer.varint(value),
  };
}

function whole32(name: string, least: number, most: number): Scalar<number> {
  return {
    wireType: WIRE.VARINT,
    what: `a whole number from ${least} to ${most} (${name})`,
    read: (json) => (Number.isInteger(json) && isWithin(json as number, least, most) ? (json as number) : undefined),
    isZero: (value) => value === 0,
    write: (writer, value) => writer.varint(value),
  };
}

/**
 * The scalar types that Envoy's resources use, by their names in protobuf. JSON has them as ProtoJSON writes them; a
 * number of 32 bits in a string, which a reader of ProtoJSON may also accept, is refused here.
 * Source: protobuf.dev, ProtoJSON Format, "Representation of each type".
 */
export const SCALARS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ['string', string],
  ['bytes', bytes],
  ['bool', bool],
  ['double', double],
  ['int32', whole32('int32', -(2 ** 31), 2 ** 31 - 1)],
  ['uint32', whole32('uint32', 0, 2 ** 32 - 1)],
  ['int64', whole64('int64', -(2n ** 63n), 2n ** 63n - 1n)],
  ['uint64', whole64('uint64', 0n, 2n ** 64n - 1n)],
]);

/** An enum, whose values are written by name. ProtoJSON also knows numbers, which are refused here. */
export function enumeration(name: string, numbers: Readonly<Record<string, number>>): Scalar<number> {
  const known = new Map(Object.entries(numbers));
  return {
    wireType: WIRE.VARINT,
    what: `a value of ${name}`,
    read: (json) => known.get(json as string),
    isZero: (value) => value === 0,
    write: (writer, value) => writer.varint(value),
  };
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

/** With or without padding, in either alphabet. A single character at the end would be six bits of a byte. */
function isBase64(text: string): boolean {
  const digits = text.replace(/=+$/, '').length;
  return BASE64.test(text) && digits % 4 !== 1 && (digits === text.length || text.length % 4 === 0);
}
