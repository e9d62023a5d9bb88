/**
 * How the bytes of a value are found: the lower three bits of its tag. Groups and values of four bytes are not used here.
 * Source: protobuf.dev, Encoding, "Message Structure".
 */
export const WIRE = { VARINT: 0, EIGHT_BYTES: 1, LENGTH: 2 } as const;
export type WireType = (typeof WIRE)[keyof typeof WIRE];

/** Collects the bytes of one message. */
export interface Writer {
  /** The number of a field, in front of its value. */
  tag(number: number, wireType: WireType): void;
  /** A whole number from -2^63 to 2^64-1; a negative one takes ten bytes. A `number` must be a safe integer. */
  varint(value: number | bigint): void;
  double(value: number): void;
  /** The bytes, after their length. */
  bytes(value: Uint8Array): void;
  /** The text in UTF-8, after its length. */
  string(value: string): void;
  /** Begins a part whose length is not known yet, after its tag. Parts may stand in each other. */
  begin(): number;
  /** Ends the part that this `begin` began. */
  end(start: number): void;
  /** A copy of everything since the last call or `clear`. */
  take(): Buffer;
  clear(): void;
}

const MOST_BYTES_OF_VARINT = 10;
const MOST_BYTES_OF_UNIT = 3; // UTF-8 of one UTF-16 unit

/** An empty writer, whose buffer grows as needed and is kept for the next message. */
export function createWriter(size = 1 << 14): Writer {
  let buffer = Buffer.allocUnsafe(size);
  let at = 0;

  function reserve(count: number): void {
    if (at + count <= buffer.length) return;
    const larger = Buffer.allocUnsafe((at + count) * 2);
    buffer.copy(larger, 0, 0, at);
    buffer = larger;
  }

  function varint(value: number | bigint): void {
    reserve(MOST_BYTES_OF_VARINT);
    if (typeof value === 'bigint' || value < 0) at = writeVarint64(buffer, at, BigInt(value));
    else writeLength(value);
  }

  /** A varint that is not negative, where its bytes are reserved. */
  function writeLength(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) buffer[at++] = (rest % 0x80) | 0x80;
    buffer[at++] = rest;
  }

  // Most parts are shorter than 128 bytes: one byte is left for the length, and longer parts move.
  function begin(): number {
    reserve(1);
    at += 1;
    return at;
  }

  function end(start: number): void {
    const length = at - start;
    const more = sizeOfVarint(length) - 1;
    reserve(more);
    if (more > 0) buffer.copyWithin(start + more, start, at);
    at = start - 1;
    writeLength(length);
    at += length;
  }

  return {
    tag: (number, wireType) => varint(number * 8 + wireType),
    varint,
    double(value) {
      reserve(8);
      at = buffer.writeDoubleLE(value, at);
    },
    bytes(value) {
      varint(value.length);
      reserve(value.length);
      buffer.set(value, at);
      at += value.length;
    },
    string(value) {
      const start = begin();
      reserve(value.length * MOST_BYTES_OF_UNIT);
      at += buffer.write(value, at);
      end(start);
    },
    begin,
    end,
    take() {
      const whole = Buffer.from(buffer.subarray(0, at));
      at = 0;
      return whole;
    },
    clear() {
      at = 0;
    },
  };
}

/** Seven bits a byte, the lowest first; a negative number as the 64 bits of its two's complement. Gives the new position. */
function writeVarint64(buffer: Buffer, start: number, value: bigint): number {
  let at = start;
  let rest = BigInt.asUintN(64, value);
  for (; rest > 0x7fn; rest >>= 7n) buffer[at++] = Number(rest & 0x7fn) | 0x80;
  buffer[at++] = Number(rest);
  return at;
}

function sizeOfVarint(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 0x80)) size += 1;
  return size;
}

/**
 * One field of a message that is put together by hand: its tag, a length and the content. The fields of a message may be
 * concatenated in any order, and a nested message is the content of a field.
 * @param content text, bytes, or a whole nested message; an empty one is written too
 * Source: protobuf.dev, Encoding, "Length-Delimited Records".
 */
export function field(number: number, content: string | Uint8Array): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const writer = createWriter(bytes.length + 2 * MOST_BYTES_OF_VARINT);
  writer.tag(number, WIRE.LENGTH);
  writer.bytes(bytes);
  return writer.take();
}
