import { expect, test } from '@jest/globals';
import { createWriter, field } from './writer.ts';

test.each([
  [1, '0a 03 616263'],
  [15, '7a 03 616263'],
  [16, '8201 03 616263'],
  [2047, 'fa7f 03 616263'],
  [536_870_911, 'faffffff0f 03 616263'],
])('When field %d is a text, then its number and its length come first', (number, bytes) => {
  expect(field(number, 'abc').toString('hex')).toBe(bytes.replaceAll(' ', ''));
});

test('When a field has bytes, a message or nothing, then its length counts bytes', () => {
  expect(field(2, Buffer.from([0, 255])).toString('hex')).toBe('120200ff');
  expect(field(1, Buffer.concat([field(3, 'é'), field(1, '')])).toString('hex')).toBe('0a061a02c3a90a00');
  expect(field(1, Buffer.alloc(300)).subarray(0, 4).toString('hex')).toBe('0aac0200');
});

test.each<[number | bigint, string]>([
  [0, '00'],
  [127, '7f'],
  [128, '8001'],
  [2 ** 32 - 1, 'ffffffff0f'],
  [2 ** 53 - 1, 'ffffffffffffff0f'],
  [2n ** 64n - 1n, 'ffffffffffffffffff01'],
  [-1, 'ffffffffffffffffff01'],
  [-(2n ** 63n), '80808080808080808001'],
])('When %d is written as a varint, then seven bits of it are in each byte', (value, bytes) => {
  const writer = createWriter();
  writer.varint(value);
  expect(writer.take().toString('hex')).toBe(bytes);
});

test('When a writer is full, then it grows, and what it gave away before stays', () => {
  const writer = createWriter(1);
  writer.string('a');
  const first = writer.take();
  for (let count = 0; count < 100; count += 1) writer.string('bc');
  expect(writer.take().toString()).toBe('\u0002bc'.repeat(100));
  expect(first.toString()).toBe('\u0001a');
});

test('When parts stand in each other and the buffer is full at any place, then no byte is lost', () => {
  const content = Buffer.alloc(200, 'a');
  for (let size = 1; size < 600; size += 1) {
    const writer = createWriter(size);
    const starts = Array.from({ length: 50 }, () => writer.begin());
    writer.bytes(content);
    for (const start of starts.toReversed()) writer.end(start);
    const inLengths = (inner: Buffer) => field(1, inner).subarray(1);
    expect(writer.take()).toEqual(starts.reduce(inLengths, inLengths(content)));
  }
});
